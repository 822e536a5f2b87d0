import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { translationsFor } from '#electron/desktop/translations.ts'
import { trayState } from '#electron/desktop/tray/tray.ts'
import { projectFolder } from '#electron/dev/built-files.ts'
import { chooseItem } from '#tests/support/electron-stand-in-system.ts'
import { startDesktop } from '#tests/support/in-process-desktop.ts'

const imagesFolder = join(projectFolder, 'build/images')

it.each([
  ['open', 0, 0, 'idle', 'Nothing is being sent'],
  ['open', 1, 0.256, 'running', '1 delivery is running: 25%'],
  ['open', 3, 0.5, 'running', '3 deliveries are running: 50%'],
  ['down', 1, 0.5, 'trouble', 'Gateway unreachable'],
  ['stopped', 1, 0.5, 'trouble', 'Gateway rejected the token'],
  ['failing', 0, 0, 'trouble', 'Sending keeps crashing'],
  ['blocked', 0, 0, 'trouble', 'Can’t save data'],
] as const)('the tray with the gateway %s, %i running and %f done: %s', (channel, running, share, icon, text) => {
  expect(trayState({ channel, running, share, scheduled: 0 }, translationsFor('en'))).toEqual({ icon, text })
})

it('the tray shows the progress of all deliveries live', async () => {
  const { scripted, trays } = await startDesktop()
  scripted.put({ id: 1 })
  scripted.put({ id: 2 })
  await expect.poll(() => trays[0]?.tip).toBe('Herald · 2 deliveries are running: 0%')

  scripted.move(1, 'running', { queued: 10, sending: 10, sent: 70, failed: 10 })
  await expect.poll(() => trays[0]?.tip).toBe('Herald · 2 deliveries are running: 40%')
  scripted.channel('down')
  await expect.poll(() => trays[0]?.tip).toBe('Herald · Gateway unreachable')
  expect(trays[0]?.menu).toMatchObject([{ label: 'Gateway unreachable', enabled: false }, {}, {}, {}, {}, {}])
  scripted.channel('open')
  scripted.move(1, 'completed', { sent: 100 })

  await expect.poll(() => trays[0]?.tip).toBe('Herald · 1 delivery is running: 0%')
})

it('the tray counts a delivery that starts on schedule', async () => {
  const { scripted, trays } = await startDesktop()
  scripted.put({ id: 1, status: 'scheduled' })
  scripted.put({ id: 2 })
  await expect.poll(() => trays[0]?.tip).toContain('1 delivery')

  scripted.move(1, 'running', { queued: 100 })

  await expect.poll(() => trays[0]?.tip).toContain('2 deliveries')
})

it('the tray’s menu opens the window', async () => {
  const { windows, trays } = await startDesktop()

  chooseItem(trays[0]?.menu, 'Open Herald')

  expect(windows[0]).toMatchObject({ visible: true, focused: true })
})

it('the tray’s menu starts a new delivery, in the open window or a new one', async () => {
  const there = await startDesktop()
  const hidden = await startDesktop({ program: { argv: ['herald', '--hidden'] } })

  chooseItem(there.trays[0]?.menu, 'New delivery')
  chooseItem(hidden.trays[0]?.menu, 'New delivery')

  expect(there.windows.map(({ url, webContents }) => [url, webContents.sent])).toEqual([
    ['herald://console/', [{ channel: 'herald:screen-wanted', message: '/deliveries/new' }]],
  ])
  expect(hidden.windows.map(({ url }) => url)).toEqual(['herald://console/#/deliveries/new'])
})

it.each([
  ['linux', true],
  ['win32', true],
  ['darwin', false],
] as const)('a click on the tray opens the window on %s: %s', async (platform, opens) => {
  const { windows, trays } = await startDesktop({ program: { platform } })
  windows[0]?.hide()

  trays[0]?.emit('click')

  expect(windows[0]?.visible).toBe(opens)
})

it.each([
  ['win32', 'tray-running-16.png'],
  ['linux', 'tray-running-24.png'],
  ['darwin', 'tray-running-Template.png'],
] as const)('the tray shows an image for the state, made for %s', async (platform, file) => {
  const { scripted, trays } = await startDesktop({ program: { platform, imagesFolder } })

  scripted.put({ id: 1 })

  await expect.poll(() => trays[0]?.image).toBe(join(imagesFolder, file))
})

it('every image that the program loads exists, with a variant for double density', () => {
  const files = readdirSync(imagesFolder)
  const states = ['idle', 'running', 'trouble'].flatMap((state) =>
    ['16', '24', 'Template'].map((kind) => `tray-${state}-${kind}`),
  )
  const names = [...states, 'overlay-running', 'overlay-trouble'].flatMap((name) => [`${name}.png`, `${name}@2x.png`])

  expect(files.sort()).toEqual([...names, 'window.png'].sort())
})
