import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sendHtml } from './answers.ts'
import { unbuiltPage } from './pages.ts'

const contentTypes: Readonly<Record<string, string>> = {
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

/** Serves the built console; false when the path is no file of it. */
export async function serveConsole(response: ServerResponse, url: URL, folder: string): Promise<boolean> {
  const isRoot = url.pathname === '/'
  const file = await findFile(folder, isRoot ? '/index.html' : url.pathname)
  if (file !== null) await sendFile(response, file)
  else if (isRoot) sendHtml(response, 503, unbuiltPage)
  return file !== null || isRoot
}

/** The file that a path of the URL means, or null when there is none inside `folder`, by whatever spelling or link. */
async function findFile(folder: string, pathname: string): Promise<string | null> {
  const name = decodeOrNull(pathname)
  if (name === null || /[\\\0]/.test(name)) return null
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, name))])
    if (!file.startsWith(root + sep)) return null
    return (await stat(file)).isFile() ? file : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}

/** Answers with a file. Names under `assets/` carry a hash of what is inside, so those may be kept for ever. */
export async function sendFile(response: ServerResponse, file: string): Promise<void> {
  const { size } = await stat(file)
  response.writeHead(200, {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    ...(file.includes(`${sep}assets${sep}`) ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  })
  await pipeline(createReadStream(file), response)
}

function decodeOrNull(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null // not valid percent-encoding: such a path names no file of ours
  }
}
