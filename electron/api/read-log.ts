import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type LogLine, type LogName, type LogQuery, logLevels } from '#shared/contract/log.ts'
import { decodeCursor, encodeCursor } from '../store/ports/cursor.ts'

const fileNames: { readonly [log in LogName]: string } = { sending: 'scheduler', program: 'main' }
const blockBytes = 256 * 1024
/** The maximum of bytes that are read for one page, so that a page stays fast. */
const maxScannedBytes = 16 * 1024 * 1024
/** A file is identified by a hash of its first bytes, since rotation renames it. */
const headBytes = 40

interface LogFile {
  readonly path: string
  readonly id: string
}

/** Returns a page of a data directory's log, newest lines first. Throws `InvalidInputError` if the cursor belongs to another log. */
export async function readLog(
  dataDir: string,
  query: LogQuery & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: LogLine[]; nextCursor: string | null }> {
  const matches = createFilter(query)
  const files = await filesOf(dataDir, query.log)
  const place =
    query.cursor === undefined ? null : decodeCursor(query.cursor, z.tuple([z.literal(query.log), z.string(), z.int()]))
  const first = place === null ? 0 : files.findIndex((file) => file.id === place[1])
  // Rotation has deleted the file, and every older one.
  if (first < 0) return { items: [], nextCursor: null }
  const items: LogLine[] = []
  let scanned = 0
  for (let index = first; index < files.length; index += 1) {
    const file = files[index]
    if (file === undefined) break
    const end = index === first && place !== null ? place[2] : Number.POSITIVE_INFINITY
    for await (const { line, offset, bytes } of linesBackwards(file, end)) {
      scanned += bytes
      if (query.since !== undefined && line.at < query.since) return { items, nextCursor: null }
      if (matches(line)) items.push(line)
      if (items.length >= query.limit || scanned > maxScannedBytes)
        return { items, nextCursor: encodeCursor([query.log, file.id, offset]) }
    }
  }
  return { items, nextCursor: null }
}

/** Returns the existing files of a log, newest first. */
async function filesOf(dataDir: string, log: LogName): Promise<LogFile[]> {
  const files: LogFile[] = []
  for (let age = 0; ; age += 1) {
    const path = join(dataDir, 'logs', `${fileNames[log]}${age === 0 ? '' : `.${age}`}.log`)
    if (!existsSync(path)) return files
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      files.push({
        path,
        id: createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('base64url').slice(0, 12),
      })
    } finally {
      await file.close()
    }
  }
}

interface PlacedLine {
  readonly line: LogLine
  /** The byte offset of its start. */
  readonly offset: number
  readonly bytes: number
}

const head = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (info|warn|error) /

/** Yields the lines of a file backwards from `end`. A line without a time belongs to the line before it. */
async function* linesBackwards({ path, id }: LogFile, end: number): AsyncGenerator<PlacedLine> {
  const file = await open(path)
  try {
    let at = Math.min(end, (await file.stat()).size)
    let rest = Buffer.alloc(0)
    let trailing: string[] = []
    while (at > 0) {
      const begin = Math.max(0, at - blockBytes)
      const block = Buffer.concat([await readBlock(file, begin, at), rest])
      // The text before the first line end belongs to a line that starts in the previous block.
      const firstEnd = begin === 0 ? -1 : block.indexOf(10)
      if (begin > 0 && firstEnd === -1) {
        rest = block
        at = begin
        continue
      }
      let lineEnd = block.length
      while (lineEnd > firstEnd + 1) {
        // lastIndexOf counts a negative position from the end.
        const from = lineEnd < 2 ? 0 : block.lastIndexOf(10, lineEnd - 2) + 1
        const text = block.toString('utf8', from, lineEnd).replace(/\r?\n$/, '')
        const match = head.exec(text)
        if (match === null) {
          if (text !== '') trailing.unshift(text)
        } else {
          const [whole, at = '', level] = match
          const message = [text.slice(whole.length), ...trailing].join('\n')
          trailing = []
          const offset = begin + from
          yield {
            line: {
              place: `${id} ${offset}`,
              at: at,
              level: logLevels.find((each) => each === level) ?? 'info',
              text: message,
            },
            offset,
            bytes: lineEnd - from,
          }
        }
        lineEnd = from
      }
      rest = block.subarray(0, firstEnd + 1)
      at = begin
    }
  } finally {
    await file.close()
  }
}

async function readBlock(file: FileHandle, begin: number, end: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(end - begin), 0, end - begin, begin)
  return buffer.subarray(0, bytesRead)
}

function createFilter(query: LogQuery): (line: LogLine) => boolean {
  const fields = [
    ['delivery', query.deliveryId],
    ['message', query.messageId],
    ['client', query.clientId],
  ] as const
  const named = fields.flatMap(([name, id]) => (id === undefined ? [] : [new RegExp(`(^| )${name}=${id}( |$)`, 'm')]))
  const minLevel = logLevels.indexOf(query.level)
  const search = query.search?.toLowerCase() ?? ''
  const { until } = query
  return ({ at, level, text }) =>
    logLevels.indexOf(level) >= minLevel &&
    (until === undefined || at < until) &&
    named.every((pattern) => pattern.test(text)) &&
    (search === '' || text.toLowerCase().includes(search))
}
