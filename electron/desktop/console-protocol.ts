import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Protocol } from 'electron'
import { CONSOLE_HOST, CONSOLE_SCHEME } from './console-address.ts'

/** Everything comes from the program's own files; styles may stand in the page because the component library writes them there. */
const CONTENT_SECURITY_POLICY = [
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

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Makes the console's scheme a real origin. Must be called before Electron is ready. */
export function registerConsoleScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: CONSOLE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built console from `folder`. Call once Electron is ready. */
export function serveConsole(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(CONSOLE_SCHEME, (request) => answerConsoleRequest(request, folder))
}

/** Answers one request for a file of the console: GET only, nothing outside `folder`, 404 for what is not there. */
export async function answerConsoleRequest(
  request: Pick<Request, 'method' | 'url'>,
  folder: string,
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405, { allow: 'GET' })
  const url = new URL(request.url)
  if (url.host !== CONSOLE_HOST) return refusal(404)
  const file = fileWithin(folder, url.pathname)
  if (file === null) return refusal(403)
  const body = await readIfThere(file)
  if (body === null) return refusal(404)
  return new Response(body, {
    headers: { ...SECURITY_HEADERS, 'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream' },
  })
}

/** The file that a path of the console means, or null for a path that leads out of the folder by any spelling. */
function fileWithin(folder: string, pathname: string): string | null {
  const decoded = decodeOrNull(pathname)
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null
  const root = normalize(folder.endsWith(sep) ? folder : folder + sep)
  const file = join(root, decoded === '/' ? 'index.html' : decoded)
  return file.startsWith(root) ? file : null
}

function decodeOrNull(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null // not valid percent-encoding: such a path names no file of ours
  }
}

async function readIfThere(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
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
  return new Response(null, { status, headers: { ...SECURITY_HEADERS, ...headers } })
}
