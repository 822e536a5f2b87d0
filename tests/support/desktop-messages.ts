/** What a test process tells the process in which the built main process runs. */
export type ToHost =
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
  | { readonly kind: 'close'; readonly port: number }
  | { readonly kind: 'quit' }

/** And what comes back. */
export type FromHost =
  /** A window was made: the program stands. */
  | { readonly kind: 'window'; readonly portWantedChannel: string }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  /** A frame was handed a port, on this channel. */
  | { readonly kind: 'port'; readonly frame: string; readonly port: number; readonly channel: string }
  | { readonly kind: 'data'; readonly port: number; readonly data: string | Uint8Array }
  | { readonly kind: 'closed'; readonly port: number }
  /** The process is about to end, and wants to be started anew. */
  | { readonly kind: 'relaunch' }
