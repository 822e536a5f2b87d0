import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeImage,
  NativeTheme,
  nativeImage,
  Rectangle,
  RenderProcessGoneDetails,
  WebContents,
} from 'electron'
import { screenWantedChannel } from '#shared/desktop-bridge.ts'
import type { Log } from '../../base/log.ts'
import type { SessionWindow } from '../power/power.ts'
import { drawTray } from '../tray/tray-picture.ts'
import type { ClickedPage } from './context-menu.ts'
import { boundsFor, leastSize, recallPlace, rememberPlace, type ScreenParts, type WindowPlace } from './window-place.ts'

/** What the program does with a window once it is open. */
export type ConsoleWindow = Pick<
  BrowserWindow,
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setFullScreen'
  | 'setOverlayIcon'
  | 'setProgressBar'
  | 'show'
> & {
  readonly webContents: Pick<WebContents, 'reload' | 'send'> &
    ClickedPage & {
      on(
        event: 'render-process-gone',
        listener: (event: unknown, details: Pick<RenderProcessGoneDetails, 'exitCode' | 'reason'>) => void,
      ): unknown
    }
  once(event: 'leave-full-screen' | 'ready-to-show' | 'show', listener: () => void): unknown
  on(event: 'closed' | 'move' | 'resize' | 'show', listener: () => void): unknown
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown
} & SessionWindow

export type WindowParts = ScreenParts & {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ConsoleWindow
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>
  readonly nativeImage: Pick<typeof nativeImage, 'createFromBitmap'>
}

export interface WindowSettings {
  readonly platform: NodeJS.Platform
  readonly preloadFile: string
  readonly consoleUrl: string
  /** Only where a developer runs the program from its sources. */
  readonly developerTools: boolean
  /** Where the place of the window is kept between two starts. */
  readonly placeFile: string
}

/** While the operator drags the window, its place is written down no more often. */
const settledMs = 500

/** The options of the console's window: a page without Node, apart from the preload, in a sandbox. */
export function windowOptions(
  settings: Pick<WindowSettings, 'preloadFile' | 'developerTools'>,
  dark: boolean,
  bounds: Rectangle,
): BrowserWindowConstructorOptions {
  return {
    title: 'Herald',
    ...bounds,
    // On a display that is smaller than the console likes it, the window would reach out of it.
    minWidth: Math.min(leastSize.width, bounds.width),
    minHeight: Math.min(leastSize.height, bounds.height),
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
      // On or off for the session as a whole: `spelling.ts`.
      spellcheck: true,
      devTools: settings.developerTools,
    },
  }
}

/**
 * Opens the console where it stood last, at a screen of it. It is shown as soon as it has something to show, if it `isWanted` then:
 * whoever hides it before that does not want it.
 */
export function openWindow(
  electron: WindowParts,
  settings: WindowSettings,
  isWanted: () => boolean,
  log: Log,
  path = '/',
): ConsoleWindow {
  const { screen } = electron
  const place = recallPlace(settings.placeFile)
  const bounds = boundsFor(place, screen.getAllDisplays(), screen.getPrimaryDisplay())
  const window = new electron.BrowserWindow({
    ...windowOptions(settings, electron.nativeTheme.shouldUseDarkColors, bounds),
    // Elsewhere it is that of the program's file; a desktop that knows no menu entry of an AppImage has none but this.
    ...(settings.platform === 'linux' ? { icon: iconOf(electron) } : {}),
  })
  let isFilled = false
  /** Until it is shown it fills nothing, whatever it did when it was left. */
  const filling = (): Pick<WindowPlace, 'fullScreen' | 'maximized'> =>
    isFilled || place === null ? { fullScreen: window.isFullScreen(), maximized: window.isMaximized() } : place
  keepPlace(electron, window, { file: settings.placeFile, filling }, log)
  const fill = (): void => {
    isFilled = true
    if (place?.maximized === true) window.maximize()
    if (place?.fullScreen === true) window.setFullScreen(true)
  }
  window.once('ready-to-show', () => {
    // Either would show the window.
    if (!isWanted()) return void window.once('show', fill)
    fill()
    window.show()
  })
  window.loadURL(path === '/' ? settings.consoleUrl : `${settings.consoleUrl}#${path}`).catch((error: unknown) => {
    log.error(`the console did not load: ${String(error)}`)
  })
  return window
}

function iconOf({ nativeImage }: WindowParts): NativeImage {
  const size = 128
  return nativeImage.createFromBitmap(drawTray(size, 'idle', false), { width: size, height: size })
}

/** Brings a window that may be minimised or behind others to the operator. */
export function bringForward(window: ConsoleWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Takes a window from the screen. macOS would leave the space of a full screen behind, black: https://github.com/electron/electron/issues/39572 */
export function putAway(window: ConsoleWindow, platform: NodeJS.Platform, isWanted: () => boolean): void {
  if (platform !== 'darwin' || !window.isFullScreen()) return window.hide()
  leaving.add(window)
  window.once('leave-full-screen', () => {
    if (!isWanted()) window.hide()
  })
  window.once('show', () => leaving.delete(window))
  window.setFullScreen(false)
}

/** Windows that leave a full screen only to be hidden: where they were left is kept. */
const leaving = new WeakSet<ConsoleWindow>()

/** Tells the page in a window which screen of the console is wanted: `/deliveries/7`. */
export function askForScreen(window: ConsoleWindow, path: string): void {
  window.webContents.send(screenWantedChannel, path)
}

/** Writes down where the window stands, a moment after it has moved and when it closes. */
function keepPlace(
  { screen }: ScreenParts,
  window: ConsoleWindow,
  { file, filling }: { readonly file: string; filling(): Pick<WindowPlace, 'fullScreen' | 'maximized'> },
  log: Log,
): void {
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    if (leaving.has(window)) return
    try {
      const bounds = window.getNormalBounds()
      const { fullScreen, maximized } = filling()
      rememberPlace(file, { ...bounds, maximized, fullScreen, display: screen.getDisplayMatching(bounds).id })
    } catch (error) {
      log.warn(`the place of the window was not kept: ${String(error)}`)
    }
  }
  const settle = () => {
    timer ??= setTimeout(write, settledMs)
  }
  window.on('move', settle)
  window.on('resize', settle)
  window.on('close', write)
  window.on('closed', () => clearTimeout(timer))
}
