import type { BrowserWindow } from 'electron'
import { screenWantedChannel } from '#shared/desktop-bridge.ts'
import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'
import { hideLeavingFullScreen, openWindow, type WindowSettings } from './window.ts'

/** The window's events that other parts of the program handle. */
export interface WindowEvents {
  onOpened(window: BrowserWindow): void
  onClose(event: { preventDefault(): void }): void
}

/** The one window of the console: opened on demand, brought forward if it is open. */
export interface ConsoleWindows {
  show(): void
  /** Opens the window without showing it. */
  prepare(): void
  /** Shows a screen of the console by its address: `/deliveries/7`. */
  showScreen(path: string): void
  hide(): void
  /** Whether the user is looking at the console. */
  isInFront(): boolean
  /** The open window, or null. */
  readonly window: BrowserWindow | null
}

/** Returns the console's window, not open yet. */
export function consoleWindows(
  electron: Electron,
  settings: WindowSettings,
  events: WindowEvents,
  log: Log,
): ConsoleWindows {
  let window: BrowserWindow | null = null
  let isWanted = false

  function open(path?: string): void {
    const opened = openWindow(electron, settings, () => isWanted, log, path)
    window = opened
    opened.on('close', events.onClose)
    opened.on('closed', () => {
      window = null
    })
    events.onOpened(opened)
  }

  return {
    show() {
      isWanted = true
      if (window === null) open()
      else bringForward(window)
    },
    prepare() {
      if (window === null) open()
    },
    showScreen(path) {
      isWanted = true
      if (window === null) return open(path)
      window.webContents.send(screenWantedChannel, path)
      bringForward(window)
    },
    hide() {
      isWanted = false
      if (window?.isFullScreen() === true && settings.platform === 'darwin')
        hideLeavingFullScreen(window, () => isWanted)
      else window?.hide()
    },
    // On a display without a window manager even a hidden window keeps the focus.
    isInFront: () => window?.isFocused() === true && window.isVisible() && !window.isMinimized(),
    get window() {
      return window
    },
  }
}

/** Shows a window that may be hidden, minimised or behind others. */
function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
