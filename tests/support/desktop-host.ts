/**
 * Runs the built main process as it is, in plain Node over the stand-in for Electron, for a test process whose pages are its windows:
 * `fork('desktop-host.ts', [OUT])`, with structured messages both ways (`desktop-messages.ts`).
 */
import type { MessagePort } from 'node:worker_threads'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import type { FromHost, ToHost } from './desktop-messages.ts'
import { runMainProcess, standIn } from './electron-stand-in-hook.ts'
import { StandInFrame } from './electron-stand-in-ports.ts'

const tell = (message: FromHost): void => void process.send?.(message)

const frames = new Map<string, PageFrame>()
const ports = new Map<number, MessagePort>()
let lastPort = 0

/** A page's frame: what the main process hands it goes to the page itself, with a number in place of the port. */
class PageFrame extends StandInFrame {
  readonly name: string

  constructor(name: string, origin: string, parent: StandInFrame | null) {
    super(origin, parent)
    this.name = name
  }

  override postMessage(...[channel, message, transfer]: Parameters<StandInFrame['postMessage']>): void {
    super.postMessage(channel, message, transfer)
    lastPort += 1
    const number = lastPort
    const { port } = this
    ports.set(number, port)
    port.on('message', (data: string | Uint8Array) => tell({ kind: 'data', port: number, data }))
    port.on('close', () => {
      ports.delete(number)
      tell({ kind: 'closed', port: number })
    })
    tell({ kind: 'port', frame: this.name, port: number, channel })
  }
}

async function answer(id: number, url: string): Promise<void> {
  const handle = standIn.handlers.get(new URL(url).protocol.replace(':', ''))
  if (handle === undefined) return tell({ kind: 'answer', id, status: 404, headers: {}, body: new Uint8Array() })
  const response = await handle(new Request(url))
  const headers = Object.fromEntries(response.headers)
  tell({ kind: 'answer', id, status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) })
}

process.on('message', (message: ToHost) => {
  switch (message.kind) {
    case 'fetch':
      return void answer(message.id, message.url)
    case 'send': {
      const known = frames.get(message.frame)
      const frame = known ?? new PageFrame(message.frame, message.origin, message.isTop ? null : new StandInFrame(''))
      frames.set(message.frame, frame)
      return void standIn.ipcMain.emit(message.channel, { senderFrame: frame })
    }
    case 'data':
      return ports.get(message.port)?.postMessage(message.data)
    case 'close':
      return ports.get(message.port)?.close()
    case 'quit':
      return standIn.app.quit()
  }
})

standIn.app.once('exited', (code: number) => {
  if (standIn.app.relaunched !== null) tell({ kind: 'relaunch' })
  for (const { title, content } of standIn.errorBoxes) process.stderr.write(`${title}: ${content}\n`)
  // What was told last leaves first.
  setImmediate(() => process.exit(code))
})
standIn.app.on('web-contents-created', () => tell({ kind: 'window', portWantedChannel }))
process.on('disconnect', () => process.exit(1))

await runMainProcess(process.argv[2] ?? '')
