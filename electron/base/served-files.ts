import path, { extname, type PlatformPath } from 'node:path'

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

/** Returns the content type of a file by its extension. */
export function contentTypeOf(file: string): string {
  return contentTypes[extname(file)] ?? 'application/octet-stream'
}

/** Windows device names, which exist in every folder with any extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)\s*(\.|$)/i

/**
 * Returns the file in `folder` for the path of an address. Returns null if the path leaves the folder: by `..`, a backslash, a drive
 * letter, a stream or a Windows device. The path is decoded once. Does not access the disk.
 */
export function fileWithin(
  folder: string,
  pathname: string,
  { join, normalize, sep }: Pick<PlatformPath, 'join' | 'normalize' | 'sep'> = path,
): string | null {
  const name = decodeOrNull(pathname)
  if (name === null || /[\\\0:]/.test(name) || name.split('/').some((part) => device.test(part))) return null
  const root = normalize(folder + sep)
  const file = join(root, name)
  return file.startsWith(root) ? file : null
}

function decodeOrNull(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null // invalid percent-encoding
  }
}
