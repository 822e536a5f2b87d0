import { describe, expect, it } from 'vitest'
import { wordsOf } from '#electron/desktop/translations.ts'
import { trayState } from '#electron/desktop/tray/tray.ts'
import { drawTray } from '#electron/desktop/tray/tray-picture.ts'
import { chooseItem } from '#tests/support/electron-stand-in-system.ts'
import { startDesktop } from '#tests/support/started-desktop.ts'

describe('the tray says', () => {
  it.each([
    ['open', 0, 0, 'idle', 'Nothing is being sent'],
    ['open', 1, 0.256, 'running', '1 delivery is running: 25%'],
    ['open', 3, 0.5, 'running', '3 deliveries are running: 50%'],
    ['down', 1, 0.5, 'trouble', 'The gateway is out of reach'],
    ['stopped', 1, 0.5, 'trouble', 'The gateway refuses the token'],
    ['failing', 0, 0, 'trouble', 'Sending keeps breaking down'],
    ['blocked', 0, 0, 'trouble', 'Nothing can be saved'],
  ] as const)('with the gateway %s and %i running, %f done: %s', (channel, running, share, look, words) => {
    expect(trayState({ channel, running, share, scheduled: 0 }, wordsOf('en'))).toEqual({ look, words })
  })

  it('how far all deliveries together have come, as it happens', async () => {
    const { told, trays } = await startDesktop()
    told.put({ id: 1 })
    told.put({ id: 2 })
    await expect.poll(() => trays[0]?.tip).toBe('Herald · 2 deliveries are running: 0%')

    told.move(1, 'running', { queued: 10, sending: 10, sent: 70, failed: 10 })
    await expect.poll(() => trays[0]?.tip).toBe('Herald · 2 deliveries are running: 40%')
    told.channel('down')
    await expect.poll(() => trays[0]?.tip).toBe('Herald · The gateway is out of reach')
    expect(trays[0]?.menu).toMatchObject([{ label: 'The gateway is out of reach', enabled: false }, {}, {}, {}, {}, {}])
    told.channel('open')
    told.move(1, 'completed', { sent: 100 })

    await expect.poll(() => trays[0]?.tip).toBe('Herald · 1 delivery is running: 0%')
  })

  it('what a delivery does that starts by its schedule', async () => {
    const { told, trays } = await startDesktop()
    told.put({ id: 1, status: 'scheduled' })
    told.put({ id: 2 })
    await expect.poll(() => trays[0]?.tip).toContain('1 delivery')

    told.move(1, 'running', { queued: 100 })

    await expect.poll(() => trays[0]?.tip).toContain('2 deliveries')
  })
})

describe('the menu of the tray', () => {
  it('opens the window', async () => {
    const { windows, trays } = await startDesktop()

    chooseItem(trays[0]?.menu, 'Open Herald')

    expect(windows[0]).toMatchObject({ visible: true, focused: true })
  })

  it('begins a new delivery, in the window that is there or in a new one', async () => {
    const there = await startDesktop()
    const hidden = await startDesktop({ program: { argv: ['herald', '--hidden'] } })

    chooseItem(there.trays[0]?.menu, 'New delivery')
    chooseItem(hidden.trays[0]?.menu, 'New delivery')

    expect(there.windows.map(({ url, webContents }) => [url, webContents.sent])).toEqual([
      ['herald://console/', [{ channel: 'herald:screen-wanted', message: '/deliveries/new' }]],
    ])
    expect(hidden.windows.map(({ url }) => url)).toEqual(['herald://console/#/deliveries/new'])
  })
})

describe('a click on the tray', () => {
  it.each([
    ['linux', true],
    ['win32', true],
    ['darwin', false],
  ] as const)('opens the window on %s: %s', async (platform, opens) => {
    const { windows, trays } = await startDesktop({ program: { platform } })
    windows[0]?.hide()

    trays[0]?.emit('click')

    expect(windows[0]?.visible).toBe(opens)
  })
})

describe('the picture in the tray', () => {
  const colours = (look: Parameters<typeof drawTray>[1], isTemplate: boolean) => {
    const pixels = drawTray(32, look, isTemplate)
    return new Set(Array.from({ length: 32 * 32 }, (_, n) => pixels.subarray(n * 4, n * 4 + 4).toString('hex')))
  }

  it('has the mark in its own colours, and a dot for what happens', () => {
    const brand = 'a56b2dff'
    const [green, red] = ['449e2fff', '3131e0ff']

    expect(colours('idle', false)).toContain(brand)
    expect(colours('idle', false)).toContain('ffffffff')
    expect([green, red].filter((dot) => colours('idle', false).has(dot))).toEqual([])
    expect(colours('running', false)).toContain(green)
    expect(colours('trouble', false)).toContain(red)
  })

  it('is black and clear alone where macOS colours it', () => {
    for (const pixel of colours('trouble', true)) expect(pixel.slice(0, 6)).toBe('000000')
    expect(drawTray(32, 'trouble', true)).not.toEqual(drawTray(32, 'idle', true))
  })
})
