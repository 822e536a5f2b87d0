import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { openApi } from './desktop-api.ts'
import { watchDesktop } from './desktop-control.ts'
import type { FromHost, ToHost } from './desktop-messages.ts'
import type { DesktopRuntime, MainProcess } from './desktop-process.ts'
import { openDesktopWindow } from './desktop-window.ts'

const hostFile = join(import.meta.dirname, 'desktop-host.ts')
const out = join(import.meta.dirname, '../../out')

type Served = Extract<FromHost, { kind: 'answer' }>
type Evaluated = Extract<FromHost, { kind: 'evaluated' }>
type HostEvent = Exclude<FromHost, Served | Evaluated>

/** Returns the runtime of the stand-in: the built main process in plain Node, with its window in a browser. */
export async function standInRuntime(context: BrowserContext, environment: NodeJS.ProcessEnv): Promise<DesktopRuntime> {
  let child: StandInProcess | null = null
  const running = (): StandInProcess => {
    if (child === null) throw new Error('the program has not been started')
    return child
  }
  const window = await openDesktopWindow(context, running)
  return {
    link: window.link,
    async start() {
      let wantsRestart = false
      const started = new StandInProcess(environment, (message) => {
        if (message.kind === 'ending') wantsRestart = message.wantsRestart
        else if (message.kind !== 'second-start') window.onEvent(message)
      })
      child = started
      const ended = started.ended.then((code) => {
        window.onEnded()
        return code
      })
      try {
        await watchDesktop(started)
        started.send({ kind: 'run' })
        const client = await openApi(started)
        await window.opened()
        return {
          pid: started.pid,
          ended,
          client,
          page: () => window.page(),
          crashPage: () => window.crash(),
          wantsRestart: () => wantsRestart,
          evaluate: (act, given) => started.evaluate(act, given),
          kill: () => started.kill(),
        }
      } catch (error) {
        started.kill()
        throw error
      }
    },
    startSecond() {
      const second = new StandInProcess(environment, (message) => {
        if (message.kind === 'second-start') running().send(message)
      })
      second.send({ kind: 'run' })
      return second.ended
    },
  }
}

/** One process of the built program over the stand-in. It runs the main process once it receives `run`. */
class StandInProcess implements MainProcess {
  readonly pid: number
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess
  /** Answers that have not arrived, by the id of their message. */
  readonly #evaluations = new Map<number, PromiseWithResolvers<Evaluated>>()
  readonly #requests = new Map<number, PromiseWithResolvers<Served | null>>()
  #output = ''
  #lastId = 0

  constructor(environment: NodeJS.ProcessEnv, onEvent: (message: HostEvent) => void) {
    const child = fork(hostFile, [out], {
      env: environment,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    this.pid = child.pid ?? 0
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    child.on('message', (message: FromHost) => {
      if (message.kind === 'evaluated') this.#evaluations.get(message.id)?.resolve(message)
      else if (message.kind === 'answer') this.#requests.get(message.id)?.resolve(message)
      else onEvent(message)
    })
    this.ended = once(child, 'close').then(([code]) => {
      const error = new Error(`the program ended with code ${code}: ${this.#output}`)
      for (const { reject } of this.#evaluations.values()) reject(error)
      for (const { resolve } of this.#requests.values()) resolve(null)
      return code as number | null
    })
  }

  async evaluate<Result, Given>(act: (...given: never[]) => unknown, given: Given): Promise<Result> {
    const { result, error } = await this.#ask(this.#evaluations, (id) => ({
      kind: 'evaluate',
      id,
      source: act.toString(),
      given,
    }))
    if (error !== undefined) throw new Error(error)
    return result as Result
  }

  /** Returns a file of the console's scheme as the program serves it; null if the process has ended. */
  async fetch(url: string): Promise<Served | null> {
    return this.#child.connected ? this.#ask(this.#requests, (id) => ({ kind: 'fetch', id, url })) : null
  }

  send(message: ToHost): void {
    // A process that is ending receives nothing, which its end shows.
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  kill(): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL')
  }

  async #ask<Answer>(
    waiting: Map<number, PromiseWithResolvers<Answer>>,
    message: (id: number) => ToHost,
  ): Promise<Answer> {
    if (!this.#child.connected) throw new Error('the program is not running')
    this.#lastId += 1
    const id = this.#lastId
    const answer = Promise.withResolvers<Answer>()
    waiting.set(id, answer)
    this.send(message(id))
    return answer.promise.finally(() => waiting.delete(id))
  }
}
