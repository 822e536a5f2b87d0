/**
 * Runs the built main process in plain Node over the stand-in for Electron, for a test process whose pages are its
 * windows: `fork('desktop-host.ts', [OUT])`, with structured messages in both directions (`desktop-messages.ts`).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import type { MessagePort } from 'node:worker_threads'
import type { FromHost, ToHost } from './desktop-messages.ts'
import { runMainProcess, standIn } from './electron-stand-in-module.ts'
import { StandInFrame } from './electron-stand-in-ports.ts'
import type { StandInWindow } from './electron-stand-in-window.ts'

const send = (message: FromHost): void => void process.send?.(message)

const frames = new Map<string, PageFrame>()
const ports = new Map<number, MessagePort>()
let lastPort = 0

/** A page's frame: passes what the main process sends on to the page, with a number in place of the port. */
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
    port.on('message', (data: string | Uint8Array) => send({ kind: 'data', port: number, data }))
    port.on('close', () => {
      ports.delete(number)
      send({ kind: 'closed', port: number })
    })
    send({ kind: 'port', frame: this.name, port: number, channel })
  }
}

/** A page that is open from before a restart may ask before the program can answer. */
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
  send({ kind: 'answer', id, status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) })
}

async function evaluate(id: number, source: string, given: unknown): Promise<void> {
  try {
    const act = runInThisContext(`(${source})`) as (electron: unknown, given: unknown) => unknown
    send({ kind: 'evaluated', id, result: await act(standIn.electron, given) })
  } catch (error) {
    send({ kind: 'evaluated', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** Like Chromium: the first process writes its id into the browser's folder. */
function isFirst(): boolean {
  const file = join(standIn.app.paths.get('userData') ?? '', 'instance')
  if (isRunning(file)) {
    send({ kind: 'second-start' })
    return false
  }
  writeFileSync(file, String(process.pid))
  return true
}

function isRunning(file: string): boolean {
  try {
    return process.kill(Number(readFileSync(file, 'utf8')), 0)
  } catch {
    return false // there was no process, or it has ended
  }
}

/** Passes what the program does with its window on to the page. */
function follow(window: StandInWindow): void {
  const { webContents } = window
  webContents.send = (channel, message) => send({ kind: 'sent', channel, message })
  webContents.reload = () => send({ kind: 'reload' })
  window.on('closed', () => send({ kind: 'gone' }))
  // `loadURL` is called in the same turn as the constructor.
  queueMicrotask(() => send({ kind: 'window', url: window.url ?? '' }))
}

const painted = new WeakSet<StandInWindow>()

/** The window is ready to show as soon as its page runs code. */
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
  // Answers in progress and earlier messages are sent first.
  setImmediate(() => {
    const last: FromHost = { kind: 'ending', wantsRestart: standIn.app.relaunched !== null }
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
