/**
 * How the console of the desktop host gets its message port. The preload exposes a `DesktopBridge` as `window.heraldDesktop`.
 * It answers `requestPort()` by posting `portMessage` with exactly one port to its own window:
 * `window.postMessage(portMessage, location.origin, event.ports)`. The console accepts it only if `event.source` is
 * the window itself. Without `window.heraldDesktop` the console runs in a browser and uses HTTP.
 */
export interface DesktopBridge {
  /** Requests a new port from the main process, which closes the previous one. */
  requestPort(): void
  /**
   * Calls the listener with the path of a screen (`/deliveries/7`) when the main process requests it from a menu, the tray or a
   * notification. An earlier request is delivered immediately. Returns a function that ends the subscription.
   */
  onScreenWanted(listener: (path: string) => void): () => void
}

/** The `data` of the window message that carries the port, and the IPC channel that the main process sends it on. */
export const portMessage = 'herald:port'

/** The IPC channel on which the preload requests a port from the main process. */
export const portWantedChannel = 'herald:port-wanted'

/** The IPC channel on which the main process requests a screen. */
export const screenWantedChannel = 'herald:screen-wanted'
