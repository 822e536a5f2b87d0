/** What a test process tells the process in which the built main process runs. */
export type ToHost =
  /** Everything is ready: the main process may begin. */
  | { readonly kind: 'run' }
  /** A function, as text, that is to be called with Electron and this. */
  | { readonly kind: 'evaluate'; readonly id: number; readonly source: string; readonly given: unknown }
  /** A page wants a file of the console's own scheme. */
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
  /** The page of the window broke down. */
  | { readonly kind: 'crashed' }
  /** Another process of the program was started, and has ended itself. */
  | { readonly kind: 'second-start' }

/** And what comes back. */
export type FromHost =
  | { readonly kind: 'evaluated'; readonly id: number; readonly result?: unknown; readonly error?: string }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  /** A window was made, and wants to show this address. */
  | { readonly kind: 'window'; readonly url: string }
  /** The page of the window is told this by its main process. */
  | { readonly kind: 'sent'; readonly channel: string; readonly message: unknown }
  /** The page of the window is to be loaded again. */
  | { readonly kind: 'reload' }
  /** The window was closed. */
  | { readonly kind: 'gone' }
  /** A frame was handed a port, on this channel. */
  | { readonly kind: 'port'; readonly frame: string; readonly port: number; readonly channel: string }
  | { readonly kind: 'data'; readonly port: number; readonly data: string | Uint8Array }
  | { readonly kind: 'closed'; readonly port: number }
  /** This process is not the first one of the program. */
  | { readonly kind: 'second-start' }
  /** The process is about to end; it may want to be started anew. */
  | { readonly kind: 'ending'; readonly isComingBack: boolean }
