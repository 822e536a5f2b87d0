import { expect, it } from 'vitest'
import { hideLeavingFullScreen, openWindow, windowOptions } from '#electron/desktop/window/window.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { readableLog } from '#tests/support/readable-log.ts'

const settings = {
  platform: 'linux',
  preloadFile: '/out/preload/preload.cjs',
  imagesFolder: '/out/main/images',
  consoleUrl: 'herald://console/',
  developerTools: false,
  placeFile: '/nowhere/window.json',
} as const
const bounds = { x: 0, y: 0, width: 1280, height: 800 }

it('the window is a sandboxed page without Node, apart from its preload', () => {
  const { webPreferences } = windowOptions(settings, false, bounds)

  expect(webPreferences).toMatchObject({
    preload: '/out/preload/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    devTools: false,
  })
})

it('the window has developer tools only for developers', () => {
  expect(windowOptions({ ...settings, developerTools: true }, false, bounds).webPreferences?.devTools).toBe(true)
})

it('the window has the console’s minimum size', () => {
  expect(windowOptions(settings, false, bounds)).toMatchObject({ minWidth: 1024, minHeight: 700 })
})

it('the window opens in the theme’s background colour', () => {
  const light = windowOptions(settings, false, bounds).backgroundColor
  const dark = windowOptions(settings, true, bounds).backgroundColor

  expect(light).toBe('#ffffff')
  expect(dark).not.toBe(light)
})

it('the window shows itself once its page is ready', async () => {
  const { electron, windows } = electronStandIn()
  await electron.app.whenReady()

  let isWanted = true
  openWindow(electron, settings, () => isWanted, readableLog().log)

  expect(windows[0]).toMatchObject({ visible: false, url: 'herald://console/' })
  windows[0]?.emit('ready-to-show')
  expect(windows[0]?.visible).toBe(true)

  // A user who hid it meanwhile does not want it shown.
  openWindow(electron, settings, () => isWanted, readableLog().log)
  isWanted = false
  windows[1]?.emit('ready-to-show')
  expect(windows[1]?.visible).toBe(false)
})

it.each([
  ['linux', true],
  ['win32', false],
] as const)('the window brings its icon on systems that need it: %s', async (platform, isThere) => {
  const { electron, windows } = electronStandIn()
  await electron.app.whenReady()

  openWindow(electron, { ...settings, platform }, () => true, readableLog().log)

  expect('icon' in (windows[0]?.options ?? {})).toBe(isThere)
})

it('a console that does not load is logged', async () => {
  const { electron } = electronStandIn()
  await electron.app.whenReady()
  const { log, lines } = readableLog()
  class Unloadable extends electron.BrowserWindow {
    override async loadURL(): Promise<void> {
      throw new Error('ERR_FILE_NOT_FOUND')
    }
  }

  openWindow({ ...electron, BrowserWindow: Unloadable }, settings, () => true, log)

  await expect.poll(() => lines).toEqual(['error: the console did not load: Error: ERR_FILE_NOT_FOUND'])
})

it.each([true, false])(
  'a window that left full screen to hide stays visible if it is wanted again: %s',
  async (isWanted) => {
    const { electron, windows } = electronStandIn()
    await electron.app.whenReady()
    const window = openWindow(electron, settings, () => true, readableLog().log)
    windows[0]?.emit('ready-to-show')
    window.setFullScreen(true)

    hideLeavingFullScreen(window, () => isWanted)
    expect(windows[0]).toMatchObject({ fullScreen: false, visible: true })
    windows[0]?.emit('leave-full-screen')

    expect(windows[0]?.visible).toBe(isWanted)
  },
)
