import { InvalidInputError } from '../../store/errors.ts'

/** How much of a file is taken at a time: some milliseconds of work, between which the program does other things. */
const pieceBytes = 128 * 1024

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1251'

/** A piece of a file's text, and how many bytes of the file have been read with it. */
export interface TextPiece {
  readonly text: string
  readonly bytesRead: number
  readonly isLast: boolean
}

/**
 * How a file is written down. What says so itself is believed; what is valid UTF-8 to its last byte is UTF-8; the rest is
 * what spreadsheets save in Russia.
 */
export async function encodingOf(file: Blob, signal?: AbortSignal): Promise<Encoding> {
  const [first, second] = await bytesOf(file, 0, 2)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of piecesOf(file, signal)) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    // The decoder's way of saying that these bytes are no UTF-8.
    if (error instanceof TypeError) return 'windows-1251'
    throw error
  }
}

/** The text of a file piece by piece, without its byte order mark and with every kind of line end as `\n`. */
export async function* textOf(file: Blob, encoding: Encoding, signal?: AbortSignal): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder(encoding)
  let bytesRead = 0
  // A carriage return at the end of a piece waits for what follows it.
  let held = ''
  for await (const bytes of piecesOf(file, signal)) {
    bytesRead += bytes.byteLength
    const text = held + decoder.decode(bytes, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    yield { text: withPlainLineEnds(held === '' ? text : text.slice(0, -1)), bytesRead, isLast: false }
  }
  yield { text: withPlainLineEnds(held + decoder.decode()), bytesRead, isLast: true }
}

function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

async function* piecesOf(file: Blob, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    signal?.throwIfAborted()
    yield await bytesOf(file, at, at + pieceBytes)
  }
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch (error) {
    throw new InvalidInputError([{ path: 'csv', message: `the file could not be read: ${String(error)}` }])
  }
}
