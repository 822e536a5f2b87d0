import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { ApiPort, AskingFrame } from '#electron/desktop/console/api-port.ts'

/** A port of the main process over a real one of Node's: it holds what arrives until it is started, and tells when the other side is gone. */
class StandInPort extends EventEmitter implements ApiPort {
  readonly inner: MessagePort

  constructor(inner: MessagePort) {
    super()
    this.inner = inner
    inner.on('close', () => this.emit('close'))
  }

  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(data: unknown): void {
    this.inner.postMessage(data)
  }

  close(): void {
    this.inner.close()
  }
}

/** Electron's message channel, made of a real one. */
export class StandInMessageChannel {
  readonly port1: ApiPort
  readonly port2: ApiPort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1)
    this.port2 = new StandInPort(port2)
  }
}

/** A frame of a page that may ask for a port, and what came back to it. */
export class StandInFrame implements AskingFrame {
  readonly origin: string
  readonly parent: StandInFrame | null
  readonly received: { readonly channel: string; readonly ports: readonly MessagePort[] }[] = []

  constructor(origin: string, parent: StandInFrame | null = null) {
    this.origin = origin
    this.parent = parent
  }

  postMessage(channel: string, _message: unknown, transfer: ApiPort[] = []): void {
    const ports = transfer.map((port) => {
      if (!(port instanceof StandInPort)) throw new TypeError('only a port of a MessageChannelMain can be transferred')
      return port.inner
    })
    this.received.push({ channel, ports })
  }

  /** The port that came last. */
  get port(): MessagePort {
    const port = this.received.at(-1)?.ports[0]
    if (port === undefined) throw new Error('this frame was given no port')
    return port
  }
}
