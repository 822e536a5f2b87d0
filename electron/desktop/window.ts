import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme } from 'electron'
import type { Log } from '../log.ts'

/** What the program does with a window once it is open. */
export type ConsoleWindow = Pick<BrowserWindow, 'focus' | 'hide' | 'isMinimized' | 'loadURL' | 'restore' | 'show'> & {
  once(event: 'ready-to-show', listener: () => void): unknown
  on(event: 'closed', listener: () => void): unknown
}

export interface WindowParts {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ConsoleWindow
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>
}

export interface WindowSettings {
  readonly preloadFile: string
  readonly consoleUrl: string
  /** Only where a developer runs the program from its sources. */
  readonly developerTools: boolean
}

/** The options of the console's window: a page without Node, apart from the preload, in a sandbox. */
export function windowOptions(settings: WindowSettings, dark: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Herald',
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
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
      spellcheck: false,
      devTools: settings.developerTools,
    },
  }
}

/** Opens the console, shown as soon as it has something to show. */
export function openWindow(electron: WindowParts, settings: WindowSettings, log: Log): ConsoleWindow {
  const window = new electron.BrowserWindow(windowOptions(settings, electron.nativeTheme.shouldUseDarkColors))
  window.once('ready-to-show', () => window.show())
  window.loadURL(settings.consoleUrl).catch((error: unknown) => {
    log.error(`the console did not load: ${String(error)}`)
  })
  return window
}

/** Brings a window that may be minimised or behind others to the operator. */
export function bringForward(window: ConsoleWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
