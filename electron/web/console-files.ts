import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contentTypeOf, fileWithin } from '../base/served-files.ts'
import { sendHtml } from './answers.ts'
import { unbuiltPage } from './pages.ts'

/** Serves the built console. Returns false when the path is none of its files. */
export async function serveConsole(response: ServerResponse, url: URL, folder: string): Promise<boolean> {
  const isRoot = url.pathname === '/'
  const file = await findFile(folder, isRoot ? '/index.html' : url.pathname)
  if (file !== null) await sendFile(response, file)
  else if (isRoot) sendHtml(response, 503, unbuiltPage)
  return file !== null || isRoot
}

/** The file at a URL path, or null when it is missing or outside `folder`, also by a symbolic link. */
async function findFile(folder: string, pathname: string): Promise<string | null> {
  const candidate = fileWithin(folder, pathname)
  if (candidate === null) return null
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(candidate)])
    if (!file.startsWith(root + sep)) return null
    return (await stat(file)).isFile() ? file : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}

/** Responds with a file. Names under `assets/` contain a hash of the content, so browsers may cache those forever. */
export async function sendFile(response: ServerResponse, file: string): Promise<void> {
  const { size } = await stat(file)
  response.writeHead(200, {
    'content-type': contentTypeOf(file),
    'content-length': size,
    ...(file.includes(`${sep}assets${sep}`) ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  })
  await pipeline(createReadStream(file), response)
}
