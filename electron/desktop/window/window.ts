import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'
import { windowImage } from '../tray/status-images.ts'
import { boundsFor, minSize, readPlace, type WindowPlace, writePlace } from './window-place.ts'

export interface WindowSettings {
  readonly platform: NodeJS.Platform
  readonly preloadFile: string
  readonly imagesFolder: string
  readonly consoleUrl: string
  /** Only when a developer runs the program from its sources. */
  readonly developerTools: boolean
  /** Where the window's place is kept between two starts. */
  readonly placeFile: string
}

/** While the user drags the window, its place is written at most this often. */
const writeEveryMs = 500

/** Returns the options of the console's window: a sandboxed page without Node, apart from the preload. */
export function windowOptions(
  settings: Pick<WindowSettings, 'preloadFile' | 'developerTools'>,
  dark: boolean,
  bounds: Rectangle,
): BrowserWindowConstructorOptions {
  return {
    title: 'Herald',
    ...bounds,
    // Otherwise the window would not fit on a display that is smaller than the minimum.
    minWidth: Math.min(minSize.width, bounds.width),
    minHeight: Math.min(minSize.height, bounds.height),
    show: false,
    // The console's own background in either theme, so that opening does not flash.
    backgroundColor: dark ? '#1b1e23' : '#ffffff',
    webPreferences: {
      preload: settings.preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // `spelling.ts` turns the check on or off for the whole session.
      spellcheck: true,
      devTools: settings.developerTools,
    },
  }
}

/**
 * Opens the console in its last place, at a screen of it. The window shows itself once the page is ready, unless
 * `isWanted` returns false by then.
 */
export function openWindow(
  electron: Electron,
  settings: WindowSettings,
  isWanted: () => boolean,
  log: Log,
  path = '/',
): BrowserWindow {
  const { screen } = electron
  const place = readPlace(settings.placeFile)
  const bounds = boundsFor(place, screen.getAllDisplays(), screen.getPrimaryDisplay())
  const window = new electron.BrowserWindow({
    ...windowOptions(settings, electron.nativeTheme.shouldUseDarkColors, bounds),
    // Other systems use the icon of the program file. A Linux desktop without a menu entry for an AppImage has only this.
    ...(settings.platform === 'linux' ? { icon: windowImage(electron, settings.imagesFolder) } : {}),
  })
  let isRestored = false
  /** A window that has not been shown yet is not maximised, even if it was when it closed. */
  const fills = (): Pick<WindowPlace, 'fullScreen' | 'maximized'> =>
    isRestored || place === null ? { fullScreen: window.isFullScreen(), maximized: window.isMaximized() } : place
  keepPlace(electron, window, { file: settings.placeFile, fills }, log)
  const restore = (): void => {
    isRestored = true
    if (place?.maximized === true) window.maximize()
    if (place?.fullScreen === true) window.setFullScreen(true)
  }
  window.once('ready-to-show', () => {
    // `maximize` and `setFullScreen` would show the window.
    if (!isWanted()) return void window.once('show', restore)
    restore()
    window.show()
  })
  window.loadURL(path === '/' ? settings.consoleUrl : `${settings.consoleUrl}#${path}`).catch((error: unknown) => {
    log.error(`the console did not load: ${String(error)}`)
  })
  return window
}

/** Windows that leave full screen only to be hidden: their stored place stays full screen. */
const leavingFullScreen = new WeakSet<BrowserWindow>()

/**
 * Hides a full-screen window on macOS, which would otherwise leave its space behind, black:
 * https://github.com/electron/electron/issues/39572
 */
export function hideLeavingFullScreen(window: BrowserWindow, isWanted: () => boolean): void {
  leavingFullScreen.add(window)
  window.once('leave-full-screen', () => {
    if (!isWanted()) window.hide()
  })
  window.once('show', () => leavingFullScreen.delete(window))
  window.setFullScreen(false)
}

/** Writes the window's place a moment after it has moved, and when it closes. */
function keepPlace(
  { screen }: Pick<Electron, 'screen'>,
  window: BrowserWindow,
  { file, fills }: { readonly file: string; fills(): Pick<WindowPlace, 'fullScreen' | 'maximized'> },
  log: Log,
): void {
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    if (leavingFullScreen.has(window)) return
    try {
      const bounds = window.getNormalBounds()
      const { fullScreen, maximized } = fills()
      writePlace(file, { ...bounds, maximized, fullScreen, display: screen.getDisplayMatching(bounds).id })
    } catch (error) {
      log.warn(`the place of the window was not stored: ${String(error)}`)
    }
  }
  const writeSoon = () => {
    timer ??= setTimeout(write, writeEveryMs)
  }
  window.on('move', writeSoon)
  window.on('resize', writeSoon)
  window.on('close', write)
  window.on('closed', () => clearTimeout(timer))
}
