import { mkdtemp } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { openLogs } from '#electron/base/log.ts'
import { openEngine } from '#electron/engine.ts'
import { listenOnLoopback, openWebHost } from '#electron/web/server.ts'
import type { Contract } from '#shared/contract/index.ts'
import { removeFolder } from './remove-folder.ts'

export const token = 'test-token-with-enough-letters'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: each test states what it expects of an answer
  readonly json: any
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface TestHost {
  readonly port: number
  readonly dataDir: string
  /** The link that the program prints. */
  readonly link: string
  /** Sends a request with the token, as a script does. */
  ask(path: string, question?: Question): Promise<Answer>
  /** Sends a request with only the given headers. */
  askBare(path: string, question?: Question): Promise<Answer>
  /** The typed client that the console uses. */
  readonly client: ContractRouterClient<Contract>
  close(): Promise<void>
}

/** Opens a web host with a real engine in a temporary directory; both are removed after the test. */
export async function openTestHost(): Promise<TestHost> {
  const { host, end } = await open()
  onTestFinished(end)
  return host
}

/** One host for all tests of a file or a group that leave nothing behind, or ignore what others left. */
export function shareTestHost(makeConsole?: (folder: string) => Promise<string>): () => TestHost {
  let opened: { readonly host: TestHost; end(): Promise<void> } | undefined
  beforeAll(async () => {
    opened = await open(makeConsole)
  })
  afterAll(() => opened?.end())
  return () => {
    if (opened === undefined) throw new Error('the host runs only during the tests')
    return opened.host
  }
}

/** `makeConsole` builds a console somewhere in a folder and returns where. */
async function open(
  makeConsole?: (folder: string) => Promise<string>,
): Promise<{ readonly host: TestHost; end(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-web-'))
  const dataDir = join(folder, 'data')
  const listener = await listenOnLoopback(0)
  const engine = await openEngine({ dataDir, host: 'web' })
  const consoleDir = (await makeConsole?.(folder)) ?? join(folder, 'no-console')
  const host = openWebHost(listener, {
    api: engine.api,
    token,
    consoleDir,
    uploadsDir: join(dataDir, 'uploads'),
    log: openLogs(dataDir).main,
  })
  const { port } = listener
  const end = async () => {
    await host.close()
    await engine.close()
    await removeFolder(folder)
  }
  const link = new RPCLink({ url: `http://127.0.0.1:${port}/rpc`, headers: { authorization: `Bearer ${token}` } })
  const opened: TestHost = {
    port,
    dataDir,
    link: host.link,
    ask: (path, question = {}) =>
      send(port, path, { ...question, headers: { authorization: `Bearer ${token}`, ...question.headers } }),
    askBare: (path, question = {}) => send(port, path, question),
    client: createORPCClient(link),
    close: host.close,
  }
  return { host: opened, end }
}

/** Sends a request exactly as written: `fetch` would normalise the path and reject some headers. */
function send(port: number, path: string, { method = 'GET', headers = {}, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = response.headers['content-type']?.startsWith('application/json') === true && text !== ''
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson ? JSON.parse(text) : undefined,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Options that send a value as JSON. */
export function json(method: string, value: unknown): Question {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
