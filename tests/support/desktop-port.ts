import type { MessagePortMainLike } from '@orpc/client/message-port'
import type { FromHost, ToHost } from './desktop-messages.ts'

/** The test process's own port to the main process, as a window's page has one. */
export class HostPort implements MessagePortMainLike {
  readonly #tell: (message: ToHost) => void
  readonly #listeners = new Map<string, ((event?: { data: unknown }) => void)[]>()
  readonly #early: (string | Uint8Array)[] = []
  #port: number | null = null

  constructor(tell: (message: ToHost) => void) {
    this.#tell = tell
  }

  /** Everything goes through the port of this number from now on. */
  open(port: number): void {
    this.#port = port
    for (const data of this.#early.splice(0)) this.postMessage(data)
  }

  on(event: string, listener: (event?: { data: unknown }) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  postMessage(data: string | Uint8Array): void {
    if (this.#port === null) this.#early.push(data)
    else this.#tell({ kind: 'data', port: this.#port, data })
  }

  /** The other side is gone. */
  end(): void {
    if (this.#port !== null) this.take({ kind: 'closed', port: this.#port })
  }

  /** What came out of the port. */
  take(message: Extract<FromHost, { kind: 'data' | 'closed' }>): void {
    if (message.port !== this.#port) return
    const event = message.kind === 'data' ? { data: message.data } : undefined
    for (const listen of this.#listeners.get(message.kind === 'data' ? 'message' : 'close') ?? []) listen(event)
  }
}
