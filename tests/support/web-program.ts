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
import { type SignalledChild, type SignalWay, spawnSignalled } from './signalled-child.ts'

const entry = join(import.meta.dirname, '../../electron/web/main.ts')
/** Modules that let the sender's worker be killed, by when it dies. */
const deaths = { working: 'mortal-worker.ts', opening: 'mortal-opening.ts' } as const

export interface WebProgramOptions {
  /** A temporary folder by default, which `remove` deletes. */
  readonly dataDir?: string
  /** Set in the environment, as on a server; the stored settings apply by default. */
  readonly gateway?: { readonly url: string; readonly token: string }
  /** Lets `killSender` end the sender's worker: while it works, or it and every next one while the store opens. */
  readonly mortal?: keyof typeof deaths
  /** How signals reach it; the system's way by default. */
  readonly signals?: SignalWay
}

export interface WebProgram {
  /** The link that the program printed; it changes after a restart on a free port. */
  readonly link: string
  readonly dataDir: string
  /** Of the current process. */
  readonly pid: number
  /** A typed client with the token. */
  readonly client: ContractRouterClient<Contract>
  /** Stops it by SIGTERM and waits for its end. Throws when the exit code is not 0. */
  stop(): Promise<void>
  /** Kills it (SIGKILL), as a power cut does. */
  kill(): Promise<void>
  /** Kills only the sender's worker; the program must be `mortal`. */
  killSender(): void
  /** Starts it again with the same directory and port. */
  startAgain(): Promise<void>
  /** Starts it again and kills it (SIGKILL) after `afterMs`. Returns whether it was ready by then. */
  killWhileStarting(afterMs: number): Promise<boolean>
  /** The desktop around its page, on desktop hosts. */
  readonly desktop?: Desktop
  /** Kills it if it still runs, and deletes its temporary folder. */
  remove(): Promise<void>
}

/** The environment of a program, kept across restarts. */
interface Surroundings {
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
  readonly signals: SignalWay | undefined
}

interface Begun extends SignalledChild {
  readonly ended: Promise<number | null>
  /** Its link, once it serves. */
  readonly ready: Promise<URL>
}

interface Running extends Begun {
  readonly link: URL
}

/** Starts the real web host as a child process and waits until it serves. */
export async function startWebProgram({
  dataDir: given,
  gateway,
  mortal,
  signals,
}: WebProgramOptions = {}): Promise<WebProgram> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  const { HERALD_GATEWAY_URL: _url, HERALD_GATEWAY_TOKEN: _token, ...inherited } = process.env
  const env = {
    ...inherited,
    ...(gateway === undefined ? {} : { HERALD_GATEWAY_URL: gateway.url, HERALD_GATEWAY_TOKEN: gateway.token }),
    ...(mortal === undefined
      ? {}
      : { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, deaths[mortal])).href}` }),
  }
  const surroundings = { dataDir, env, signals }
  let running = await run(surroundings, 0)

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    running.signal(signal)
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
    killSender: () => running.signal('SIGUSR2'),
    async startAgain() {
      running = await run(surroundings, Number(running.link.port))
    },
    async killWhileStarting(afterMs) {
      const { signal, ended, ready } = begin(surroundings, Number(running.link.port))
      let isReady = false
      void ready.then(
        () => {
          isReady = true
        },
        () => undefined,
      )
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, afterMs))])
      signal('SIGKILL')
      await ended
      return isReady
    },
    async remove() {
      await end('SIGKILL')
      if (given === undefined) await removeFolder(dataDir)
    },
  }
}

async function run(surroundings: Surroundings, port: number): Promise<Running> {
  const begun = begin(surroundings, port)
  return { ...begun, link: await begun.ready }
}

function begin({ dataDir, env, signals }: Surroundings, port: number): Begun {
  const args = ['--data-dir', dataDir, '--port', String(port), '--token', 'a-token-of-the-tests']
  const { child, signal } = spawnSignalled([entry, ...args], { env }, signals)
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const { promise: ready, resolve, reject } = Promise.withResolvers<URL>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    const link = /^ready (\S+)\n/m.exec(output)?.[1]
    if (link !== undefined) resolve(new URL(link))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  void ended.then((code) => reject(new Error(`the program ended with code ${code} before it was ready: ${output}`)))
  return { child, signal, ended, ready }
}

function openClient(link: URL): ContractRouterClient<Contract> {
  const headers = { authorization: `Bearer ${link.searchParams.get('token')}` }
  return createORPCClient(new RPCLink({ url: new URL('/rpc', link), headers }))
}
