import type { Log } from '../../base/log.ts'
import {
  askForScreen,
  bringForward,
  type ConsoleWindow,
  openWindow,
  putAway,
  type WindowParts,
  type WindowSettings,
} from './window.ts'

/** What happens to the window that others have a say in. */
export interface WindowEvents {
  onOpened(window: ConsoleWindow): void
  onClose(event: { preventDefault(): void }): void
}

/** The one window of the console: opened when it is wanted, brought forward when it is there. */
export interface ConsoleWindows {
  show(): void
  /** Opens the window without showing it. */
  prepare(): void
  /** Shows a screen of the console by its address: `/deliveries/7`. */
  showScreen(path: string): void
  hide(): void
  /** Whether the operator has the console before them. */
  isInFront(): boolean
  /** The window that is open now. */
  readonly window: ConsoleWindow | null
}

/** Opens nothing before it is asked to. */
export function consoleWindows(
  electron: WindowParts,
  settings: WindowSettings,
  events: WindowEvents,
  log: Log,
): ConsoleWindows {
  let window: ConsoleWindow | null = null
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
      askForScreen(window, path)
      bringForward(window)
    },
    hide() {
      isWanted = false
      if (window !== null) putAway(window, settings.platform, () => isWanted)
    },
    // A display without a window manager lets a window keep the focus whatever becomes of it.
    isInFront: () => window?.isFocused() === true && window.isVisible() && !window.isMinimized(),
    get window() {
      return window
    },
  }
}
