/**
 * How the desktop's console comes by its message port. The preload exposes a `DesktopBridge` as `window.heraldDesktop`
 * and answers `requestPort()` by posting `portMessage` with exactly one port to its own window:
 * `window.postMessage(portMessage, location.origin, event.ports)`. The console takes it only when `event.source` is
 * the window itself. Where `window.heraldDesktop` is missing, the console runs in a browser and talks over HTTP.
 */
export interface DesktopBridge {
  /** Asks the main process for a fresh port; the one handed out before, if any, is closed. */
  requestPort(): void
  /**
   * Calls the listener with the address of a screen (`/deliveries/7`) whenever the main process wants it shown: from a menu, the
   * tray or a notification. What was wanted before anybody listened is told at once. Returns what ends it.
   */
  onScreenWanted(listener: (path: string) => void): () => void
}

/** The `data` of the window message that carries the port, and the IPC channel that the main process sends it on. */
export const portMessage = 'herald:port'

/** The IPC channel on which the preload asks the main process for a port. */
export const portWantedChannel = 'herald:port-wanted'

/** The IPC channel on which the main process tells the preload which screen is wanted. */
export const screenWantedChannel = 'herald:screen-wanted'
