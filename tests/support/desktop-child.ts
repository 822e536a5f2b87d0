import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FromHost, ToHost } from './desktop-messages.ts'
import type { MainProcess } from './main-process.ts'

const hostFile = join(import.meta.dirname, 'desktop-host.ts')
const out = join(import.meta.dirname, '../../out')

/** One process of the built desktop program, over the stand-in for Electron. */
export interface DesktopChild extends MainProcess {
  readonly pid: number
  /** Its exit code; null where it was killed. */
  readonly ended: Promise<number | null>
  /** What it has printed. */
  said(): string
  isRunning(): boolean
  tell(message: ToHost): void
  /** A file of the console's own scheme, as its protocol handler answers for it; null once the process has ended. */
  fetch(url: string): Promise<Extract<FromHost, { kind: 'answer' }> | null>
  kill(): void
}

/** Starts a process that waits for the word to run. */
export function forkDesktop(
  environment: NodeJS.ProcessEnv,
  hear: (message: Exclude<FromHost, { kind: 'answer' | 'evaluated' }>) => void,
): DesktopChild {
  const child = fork(hostFile, [out], {
    env: environment,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const evaluations = new Map<number, PromiseWithResolvers<unknown>>()
  const fetches = new Map<number, PromiseWithResolvers<Extract<FromHost, { kind: 'answer' }> | null>>()
  let lastId = 0
  const ended = once(child, 'close').then(([code]) => {
    for (const { reject } of evaluations.values()) reject(new Error(`the program has ended with code ${code}: ${said}`))
    for (const { resolve } of fetches.values()) resolve(null)
    return code as number | null
  })
  child.on('message', (message: FromHost) => {
    switch (message.kind) {
      case 'evaluated': {
        const { resolve, reject } = evaluations.get(message.id) ?? {}
        if (message.error === undefined) resolve?.(message.result)
        else reject?.(new Error(message.error))
        return evaluations.delete(message.id)
      }
      case 'answer':
        fetches.get(message.id)?.resolve(message)
        return fetches.delete(message.id)
      default:
        return hear(message)
    }
  })

  /** Whoever is ending already hears no more, which its end tells. */
  const send = (message: ToHost): void => void child.send(message, () => undefined)

  /** A message with a number, whose answer comes with the same. */
  function ask<Answer>(
    waiting: Map<number, PromiseWithResolvers<Answer>>,
    message: (id: number) => ToHost,
  ): Promise<Answer> {
    if (!child.connected) return Promise.reject(new Error('the program does not run'))
    lastId += 1
    const answer = Promise.withResolvers<Answer>()
    waiting.set(lastId, answer)
    send(message(lastId))
    return answer.promise
  }

  return {
    pid: child.pid ?? 0,
    ended,
    said: () => said,
    isRunning: () => child.connected,
    tell: (message) => void (child.connected && send(message)),
    fetch: (url) => ask(fetches, (id) => ({ kind: 'fetch', id, url })),
    evaluate: <Result, Given>(act: (...given: never[]) => unknown, given: Given) =>
      ask(evaluations, (id) => ({ kind: 'evaluate', id, source: act.toString(), given })) as Promise<Result>,
    kill: () => void (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')),
  }
}
