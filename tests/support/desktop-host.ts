/**
 * Runs the built main process as it is, in plain Node over the stand-in for Electron, for a test process whose pages are its windows:
 * `fork('desktop-host.ts', [OUT])`, with structured messages both ways (`desktop-messages.ts`).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import type { MessagePort } from 'node:worker_threads'
import type { FromHost, ToHost } from './desktop-messages.ts'
import { runMainProcess, standIn } from './electron-stand-in-module.ts'
import { StandInFrame } from './electron-stand-in-ports.ts'
import type { StandInWindow } from './electron-stand-in-window.ts'

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

/** A page that was open before may ask earlier than the program is ready to answer. */
async function handlerOf(scheme: string): Promise<(request: Request) => Response | Promise<Response>> {
  for (;;) {
    const handler = standIn.handlers.get(scheme)
    if (handler !== undefined) return handler
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function answer(id: number, url: string): Promise<void> {
  const response = await (await handlerOf(new URL(url).protocol.replace(':', '')))(new Request(url))
  const headers = Object.fromEntries(response.headers)
  tell({ kind: 'answer', id, status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) })
}

async function evaluate(id: number, source: string, given: unknown): Promise<void> {
  try {
    const act = runInThisContext(`(${source})`) as (electron: unknown, given: unknown) => unknown
    tell({ kind: 'evaluated', id, result: await act(standIn.electron, given) })
  } catch (error) {
    tell({ kind: 'evaluated', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** As Chromium does it: whoever is first leaves its number in the folder of the browser. */
function isFirst(): boolean {
  const file = join(standIn.app.paths.get('userData') ?? '', 'instance')
  if (isRunning(file)) {
    tell({ kind: 'second-start' })
    return false
  }
  writeFileSync(file, String(process.pid))
  return true
}

function isRunning(file: string): boolean {
  try {
    return process.kill(Number(readFileSync(file, 'utf8')), 0)
  } catch {
    return false // nobody was here before, or has ended since
  }
}

/** What the window does, its page has to do. */
function follow(window: StandInWindow): void {
  const { webContents } = window
  webContents.send = (channel, message) => tell({ kind: 'sent', channel, message })
  webContents.reload = () => tell({ kind: 'reload' })
  window.on('closed', () => tell({ kind: 'gone' }))
  // Its address is told in the turn in which it is made.
  queueMicrotask(() => tell({ kind: 'window', url: window.url ?? '' }))
}

const painted = new WeakSet<StandInWindow>()

/** A page whose code runs has something to show. */
function paint(): void {
  const window = standIn.windows.at(-1)
  if (window === undefined || painted.has(window)) return
  painted.add(window)
  window.emit('ready-to-show')
}

const { promise: mayRun, resolve: run } = Promise.withResolvers<void>()

process.on('message', (message: ToHost) => {
  switch (message.kind) {
    case 'run':
      return run()
    case 'evaluate':
      return void evaluate(message.id, message.source, message.given)
    case 'fetch':
      return void answer(message.id, message.url)
    case 'send': {
      const known = frames.get(message.frame)
      const frame = known ?? new PageFrame(message.frame, message.origin, message.isTop ? null : new StandInFrame(''))
      frames.set(message.frame, frame)
      standIn.ipcMain.emit(message.channel, { senderFrame: frame })
      return paint()
    }
    case 'data':
      return ports.get(message.port)?.postMessage(message.data)
    case 'crashed':
      return standIn.windows.at(-1)?.webContents.crash()
    case 'second-start':
      return void standIn.app.emit('second-instance', {}, process.argv, process.cwd())
  }
})

standIn.app.requestSingleInstanceLock = isFirst
standIn.app.once('exited', (code: number) => {
  for (const { title, content } of standIn.errorBoxes) process.stderr.write(`${title}: ${content}\n`)
  // Whoever is in the middle of an answer may give it, and what was told leaves first.
  setImmediate(() => {
    const last: FromHost = { kind: 'ending', isComingBack: standIn.app.relaunched !== null }
    process.send?.(last, () => process.exit(code))
  })
})
standIn.app.on('web-contents-created', () => {
  const window = standIn.windows.at(-1)
  if (window !== undefined) follow(window)
})
process.on('disconnect', () => process.exit(1))

await mayRun
await runMainProcess(process.argv[2] ?? '')
