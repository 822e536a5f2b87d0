import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { boundsFor, readPlace, writePlace } from '#electron/desktop/window/window-place.ts'
import { standInDisplay } from '#tests/support/electron-stand-in-system.ts'
import { startDesktop, temporaryDataDir } from '#tests/support/in-process-desktop.ts'

const left = standInDisplay(1, { x: 0, y: 0, width: 1920, height: 1040 })
const right = standInDisplay(2, { x: 1920, y: 0, width: 2560, height: 1400 })
const place = { x: 2200, y: 100, width: 1400, height: 900, maximized: false, fullScreen: false, display: 2 }
const bounds = { x: 2200, y: 100, width: 1400, height: 900 }

afterEach(() => void vi.useRealTimers())

it.each([
  ['centred on the primary display the first time', null, [left, right], { x: 320, y: 120, width: 1280, height: 800 }],
  ['in its last place', place, [left, right], bounds],
  ['on the remaining display when its own is gone', place, [left], { x: 260, y: 70, width: 1400, height: 900 }],
  [
    'on its display after that has moved',
    { ...place, x: -2000 },
    [left, right],
    { x: 2500, y: 250, width: 1400, height: 900 },
  ],
  [
    'entirely inside if it was half outside',
    { ...place, x: 4000, y: 1300 },
    [left, right],
    { ...bounds, x: 3080, y: 500 },
  ],
  ['with its title bar visible', { ...place, y: -880 }, [left, right], { ...bounds, y: 0 }],
  [
    'no larger than its display',
    { ...place, x: 100, width: 2400, height: 1300 },
    [left],
    { x: 0, y: 0, width: 1920, height: 1040 },
  ],
  [
    'no smaller than the console’s minimum',
    { ...place, width: 300, height: 200 },
    [left, right],
    { x: 2200, y: 100, width: 1024, height: 700 },
  ],
] as const)('the window opens %s', (_what, remembered, displays, expected) => {
  expect(boundsFor(remembered, displays, left)).toEqual(expected)
})

it('the window is no larger than a display below its minimum size', () => {
  const small = standInDisplay(3, { x: 0, y: 0, width: 900, height: 560 })

  expect(boundsFor(null, [small], small)).toEqual(small.workArea)
})

it('the window’s place is read as it was written', async () => {
  const file = join(await temporaryDataDir(), 'browser', 'window.json')

  writePlace(file, place)

  expect(readPlace(file)).toEqual(place)
})

it.each(['', '{', '{"x":1}', '{"x":0,"y":0,"width":-5,"height":1,"maximized":false,"fullScreen":false,"display":1}'])(
  'an invalid place is ignored: %s',
  async (text) => {
    const file = join(await temporaryDataDir(), 'window.json')
    await writeFile(file, text)

    expect(readPlace(file)).toBeNull()
  },
)

it('the window’s place is kept between starts, including maximised', async () => {
  const first = await startDesktop({ electron: { displays: [left, right] } })
  first.windows[0]?.emit('ready-to-show')
  first.windows[0]?.drag(bounds)
  Object.assign(first.windows[0] ?? {}, { maximized: true })
  first.windows[0]?.close()

  const { windows } = await startDesktop({
    electron: { displays: [left, right] },
    program: { dataDir: first.dataDir },
  })

  expect(windows[0]?.options).toMatchObject(bounds)
  expect(windows[0]).toMatchObject({ maximized: false, visible: false })
  windows[0]?.emit('ready-to-show')
  expect(windows[0]).toMatchObject({ maximized: true, visible: true })
})

it('a window that was never shown keeps its place, and uses it when it is shown', async () => {
  const first = await startDesktop()
  first.windows[0]?.emit('ready-to-show')
  Object.assign(first.windows[0] ?? {}, { maximized: true })
  first.windows[0]?.close()
  const atLogin = { platform: 'win32', dataDir: first.dataDir, argv: ['herald', '--hidden'] } as const
  const unseen = await startDesktop({ program: atLogin })
  unseen.windows[0]?.emit('ready-to-show')
  unseen.windows[0]?.close()

  const { windows, app } = await startDesktop({ program: atLogin })
  windows[0]?.emit('ready-to-show')
  expect(windows[0]).toMatchObject({ maximized: false, visible: false })
  app.emit('second-instance')

  expect(windows[0]).toMatchObject({ maximized: true, visible: true })
})

it('on macOS a full-screen place is kept when the window leaves full screen only to hide', async () => {
  const first = await startDesktop({ program: { platform: 'darwin' } })
  const [window] = first.windows
  window?.emit('ready-to-show')
  window?.setFullScreen(true)
  window?.emit('resize')
  const file = join(first.dataDir, 'browser', 'window.json')
  await expect.poll(() => readPlace(file)?.fullScreen).toBe(true)

  vi.useFakeTimers()
  first.app.quit()
  window?.emit('resize')
  window?.emit('leave-full-screen')
  vi.advanceTimersByTime(600)

  expect(readPlace(file)?.fullScreen).toBe(true)
})

it('a place outside all displays is moved onto one', async () => {
  const first = await startDesktop({ electron: { displays: [left, right] } })
  first.windows[0]?.drag(bounds)
  first.windows[0]?.close()

  const { windows } = await startDesktop({ electron: { displays: [left] }, program: { dataDir: first.dataDir } })

  const { x = -1, width = 0 } = windows[0]?.options ?? {}
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(1920)
})

it.each([
  ['dragged', { x: 300, y: 100 }],
  ['made larger', { width: 1500, height: 900 }],
])('the place is written shortly after the window was %s, so that it survives a kill', async (_how, change) => {
  const { windows, dataDir } = await startDesktop({ electron: { displays: [left, right] } })
  const file = join(dataDir, 'browser', 'window.json')
  vi.useFakeTimers()
  windows[0]?.drag(change)
  expect(readPlace(file)).toBeNull()

  vi.advanceTimersByTime(500)

  expect(readPlace(file)).toMatchObject(change)
})

it('a place that cannot be written is logged, and the window closes', async () => {
  const { windows, dataDir, lines, exited } = await startDesktop()
  await mkdir(join(dataDir, 'browser', 'window.json'))

  windows[0]?.close()

  expect(await exited).toBe(0)
  expect(lines[0]).toMatch(/^warn: the place of the window was not stored: Error: E/)
})
