import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type LogLine, type LogName, type LogQuery, logLevels } from '#shared/contract/log.ts'
import { decodeCursor, encodeCursor } from '../store/ports/cursor.ts'

const fileNames: { readonly [log in LogName]: string } = { sending: 'scheduler', program: 'main' }
const blockBytes = 256 * 1024
/** So much is looked through for one page; more would keep whoever waits for it, and the disk. */
const scannedBytes = 16 * 1024 * 1024
/** By its beginning a file is known again once it has been moved aside. */
const headBytes = 40

interface LogFile {
  readonly path: string
  readonly id: string
}

/** A page of a data directory's log, the newest lines first, in bounded memory. Throws `InvalidInputError` on a cursor of another log. */
export async function readLog(
  dataDir: string,
  query: LogQuery & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: LogLine[]; nextCursor: string | null }> {
  const isWanted = createFilter(query)
  const files = await filesOf(dataDir, query.log)
  const place =
    query.cursor === undefined ? null : decodeCursor(query.cursor, z.tuple([z.literal(query.log), z.string(), z.int()]))
  const first = place === null ? 0 : files.findIndex((file) => file.id === place[1])
  // It has been dropped since: there is nothing older.
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
      if (isWanted(line)) items.push(line)
      if (items.length >= query.limit || scanned > scannedBytes)
        return { items, nextCursor: encodeCursor([query.log, file.id, offset]) }
    }
  }
  return { items, nextCursor: null }
}

/** The files of a log that are there, the newest first. */
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
  /** Where it begins. */
  readonly offset: number
  readonly bytes: number
}

const head = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (info|warn|error) /

/** The lines of a file from the end, or from `end`, to its beginning; what has no moment of its own belongs to the line before it. */
async function* linesBackwards({ path, id }: LogFile, end: number): AsyncGenerator<PlacedLine> {
  const file = await open(path)
  try {
    let at = Math.min(end, (await file.stat()).size)
    let rest = Buffer.alloc(0)
    let trailing: string[] = []
    while (at > 0) {
      const begin = Math.max(0, at - blockBytes)
      const block = Buffer.concat([await readBlock(file, begin, at), rest])
      // What stands before the first line end began in the block before.
      const firstEnd = begin === 0 ? -1 : block.indexOf(10)
      if (begin > 0 && firstEnd === -1) {
        rest = block
        at = begin
        continue
      }
      let lineEnd = block.length
      while (lineEnd > firstEnd + 1) {
        // A negative place would be counted from the end.
        const from = lineEnd < 2 ? 0 : block.lastIndexOf(10, lineEnd - 2) + 1
        const text = block.toString('utf8', from, lineEnd).replace(/\r?\n$/, '')
        const parts = head.exec(text)
        if (parts === null) {
          if (text !== '') trailing.unshift(text)
        } else {
          const [whole, moment = '', level] = parts
          const words = [text.slice(whole.length), ...trailing].join('\n')
          trailing = []
          const offset = begin + from
          yield {
            line: {
              place: `${id} ${offset}`,
              at: moment,
              level: logLevels.find((each) => each === level) ?? 'info',
              text: words,
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
  const least = logLevels.indexOf(query.level)
  const search = query.search?.toLowerCase() ?? ''
  const { until } = query
  return ({ at, level, text }) =>
    logLevels.indexOf(level) >= least &&
    (until === undefined || at < until) &&
    named.every((pattern) => pattern.test(text)) &&
    (search === '' || text.toLowerCase().includes(search))
}
