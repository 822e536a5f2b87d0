/** Messages to the process in which the built main process runs. */
export type ToHost =
  /** Start the main process. */
  | { readonly kind: 'run' }
  /** Call a function, given as text, with Electron and `given`. */
  | { readonly kind: 'evaluate'; readonly id: number; readonly source: string; readonly given: unknown }
  /** A page requests a file of the console's scheme. */
  | { readonly kind: 'fetch'; readonly id: number; readonly url: string }
  /** A page's preload sends on an IPC channel. */
  | {
      readonly kind: 'send'
      readonly frame: string
      readonly origin: string
      readonly isTop: boolean
      readonly channel: string
    }
  | { readonly kind: 'data'; readonly port: number; readonly data: string | Uint8Array }
  /** The window's page crashed. */
  | { readonly kind: 'crashed' }
  /** A second process of the program was started, and is ending. */
  | { readonly kind: 'second-start' }

/** Messages from that process. */
export type FromHost =
  | { readonly kind: 'evaluated'; readonly id: number; readonly result?: unknown; readonly error?: string }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  /** A window was created with this address. */
  | { readonly kind: 'window'; readonly url: string }
  /** The main process sent this to the window's page. */
  | { readonly kind: 'sent'; readonly channel: string; readonly message: unknown }
  /** Reload the window's page. */
  | { readonly kind: 'reload' }
  /** The window was closed. */
  | { readonly kind: 'gone' }
  /** A frame received a port on this channel. */
  | { readonly kind: 'port'; readonly frame: string; readonly port: number; readonly channel: string }
  | { readonly kind: 'data'; readonly port: number; readonly data: string | Uint8Array }
  | { readonly kind: 'closed'; readonly port: number }
  /** This is the second process of the program. */
  | { readonly kind: 'second-start' }
  /** The process is ending; it may have asked to be restarted. */
  | { readonly kind: 'ending'; readonly wantsRestart: boolean }
