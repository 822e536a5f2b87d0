import { readFile } from 'node:fs/promises'
import type { Log } from '../../base/log.ts'
import { contentTypeOf, fileWithin } from '../../base/served-files.ts'
import type { Electron } from '../electron-api.ts'
import { addressInLog, consoleHost, consoleScheme } from './addresses.ts'

/** Everything comes from the program's own files. Inline styles are allowed: the component library writes them. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = {
  'content-security-policy': contentPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Makes the console's scheme a real origin. Must be called before Electron is ready. */
export function registerConsoleScheme({ protocol }: Pick<Electron, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: consoleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built console from `folder`, and logs what it refuses. Must be called after Electron is ready. */
export function registerConsoleHandler({ protocol }: Pick<Electron, 'protocol'>, folder: string, log: Log): void {
  protocol.handle(consoleScheme, async (request) => {
    const answer = await answerConsoleRequest(request, folder)
    if (!answer.ok) log.warn(`console request refused: ${answer.status} ${request.method} ${addressInLog(request.url)}`)
    return answer
  })
}

/** Answers one request for a file of the console: GET only, nothing outside `folder`, 404 for a missing file. */
export async function answerConsoleRequest(
  request: Pick<Request, 'method' | 'url'>,
  folder: string,
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405, { allow: 'GET' })
  const url = new URL(request.url)
  if (url.host !== consoleHost) return refusal(404)
  const file = fileWithin(folder, url.pathname === '/' ? '/index.html' : url.pathname)
  if (file === null) return refusal(403)
  const body = await readIfExists(file)
  if (body === null) return refusal(404)
  return new Response(body, {
    headers: { ...securityHeaders, 'content-type': contentTypeOf(file) },
  })
}

async function readIfExists(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))) {
      return null
    }
    throw error
  }
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...securityHeaders, ...headers } })
}
