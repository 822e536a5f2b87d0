import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract/index.ts'
import type { Desktop } from './desktop-control.ts'
import { removeFolder } from './remove-folder.ts'

const entry = join(import.meta.dirname, '../../electron/web/main.ts')
/** What makes the worker that sends mortal, and when it dies. */
const deaths = { working: 'mortal-worker.ts', opening: 'mortal-opening.ts' } as const

/** On Windows a signal ends a process without a word to it: there a message stands for the wish to stop. */
const hasNoSignals = process.platform === 'win32'
const heardFile = pathToFileURL(join(import.meta.dirname, 'heard-signal.ts')).href

export interface WebProgramOptions {
  /** A folder of its own, which is gone when the program is removed, unless given. */
  readonly dataDir?: string
  /** Held by the environment, as a server is set up; the stored settings count unless given. */
  readonly gateway?: { readonly url: string; readonly token: string }
  /** Lets `killSender` end the worker that sends: at its work, or it and every next one while the store is being opened. */
  readonly mortal?: keyof typeof deaths
}

export interface WebProgram {
  /** The link that the program printed; another one after a restart on a free port. */
  readonly link: string
  readonly dataDir: string
  /** Of the process that runs at this moment. */
  readonly pid: number
  /** The contract, called as a script with the token calls it. */
  readonly client: ContractRouterClient<Contract>
  /** Asks it to close (SIGTERM), and waits until it has; throws when it did not end well. */
  stop(): Promise<void>
  /** Ends it at once (SIGKILL), as a power cut does. */
  kill(): Promise<void>
  /** Ends the worker that sends, and nothing else; the program must be `mortal`. */
  killSender(): void
  /** Starts it again in the same directory, at the same port. */
  startAgain(): Promise<void>
  /** Starts it again and ends it at once (SIGKILL) so much later, ready or not. Tells whether it was. */
  killWhileStarting(afterMs: number): Promise<boolean>
  /** What lies beside its page, where it has a desktop. */
  readonly desktop?: Desktop
  /** Ends it, if it still runs, and clears away its directory. */
  remove(): Promise<void>
}

interface Begun {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  /** Its link, once it serves. */
  readonly ready: Promise<URL>
}

interface Running extends Begun {
  readonly link: URL
}

/** Starts the real web door as a child process of its own and waits until it serves. */
export async function startWebProgram({
  dataDir: given,
  gateway,
  mortal,
}: WebProgramOptions = {}): Promise<WebProgram> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  const { HERALD_GATEWAY_URL: _url, HERALD_GATEWAY_TOKEN: _token, ...inherited } = process.env
  const environment = {
    ...inherited,
    ...(gateway === undefined ? {} : { HERALD_GATEWAY_URL: gateway.url, HERALD_GATEWAY_TOKEN: gateway.token }),
    ...(mortal === undefined
      ? {}
      : { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, deaths[mortal])).href}` }),
  }
  let running = await run(dataDir, 0, environment)

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (signal === 'SIGTERM' && hasNoSignals) running.child.send(signal)
    else running.child.kill(signal)
    return running.ended
  }

  return {
    get link() {
      return running.link.href
    },
    dataDir,
    get pid() {
      return running.child.pid ?? 0
    },
    get client() {
      return openClient(running.link)
    },
    async stop() {
      const code = await end('SIGTERM')
      if (code !== 0) throw new Error(`the program ended with code ${code} when it was asked to stop`)
    },
    kill: async () => void (await end('SIGKILL')),
    killSender: () => void running.child.kill('SIGUSR2'),
    async startAgain() {
      running = await run(dataDir, Number(running.link.port), environment)
    },
    async killWhileStarting(afterMs) {
      const { child, ended, ready } = begin(dataDir, Number(running.link.port), environment)
      let isReady = false
      void ready.then(
        () => {
          isReady = true
        },
        () => undefined,
      )
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, afterMs))])
      child.kill('SIGKILL')
      await ended
      return isReady
    },
    async remove() {
      await end('SIGKILL')
      if (given === undefined) await removeFolder(dataDir)
    },
  }
}

async function run(dataDir: string, port: number, env: NodeJS.ProcessEnv): Promise<Running> {
  const begun = begin(dataDir, port, env)
  return { ...begun, link: await begun.ready }
}

function begin(dataDir: string, port: number, env: NodeJS.ProcessEnv): Begun {
  const args = ['--data-dir', dataDir, '--port', String(port), '--token', 'a-token-of-the-tests']
  const child = spawn(process.execPath, [...(hasNoSignals ? ['--import', heardFile] : []), entry, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', ...(hasNoSignals ? (['ipc'] as const) : [])],
  })
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const { promise: ready, resolve, reject } = Promise.withResolvers<URL>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    const link = /^ready (\S+)\n/m.exec(output)?.[1]
    if (link !== undefined) resolve(new URL(link))
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  void ended.then((code) => reject(new Error(`the program ended with code ${code} before it was ready: ${output}`)))
  return { child, ended, ready }
}

function openClient(link: URL): ContractRouterClient<Contract> {
  const headers = { authorization: `Bearer ${link.searchParams.get('token')}` }
  return createORPCClient(new RPCLink({ url: new URL('/rpc', link), headers }))
}
