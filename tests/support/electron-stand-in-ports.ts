import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** A port of the main process over one of Node's: it holds messages until it is started, and reports when the other side closes. */
class StandInPort extends EventEmitter {
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

/** Electron's message channel over one of Node's. */
export class StandInMessageChannel {
  readonly port1: StandInPort
  readonly port2: StandInPort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1)
    this.port2 = new StandInPort(port2)
  }
}

/** A frame of a page that asks for a port, and what it received. */
export class StandInFrame {
  readonly origin: string
  readonly parent: StandInFrame | null
  readonly received: { readonly channel: string; readonly ports: readonly MessagePort[] }[] = []

  constructor(origin: string, parent: StandInFrame | null = null) {
    this.origin = origin
    this.parent = parent
  }

  postMessage(channel: string, _message: unknown, transfer: StandInPort[] = []): void {
    const ports = transfer.map((port) => {
      if (!(port instanceof StandInPort)) throw new TypeError('only a port of a MessageChannelMain can be transferred')
      return port.inner
    })
    this.received.push({ channel, ports })
  }

  /** The last port. */
  get port(): MessagePort {
    const port = this.received.at(-1)?.ports[0]
    if (port === undefined) throw new Error('this frame received no port')
    return port
  }
}
