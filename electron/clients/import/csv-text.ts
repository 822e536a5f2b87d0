import { type Encoding, guessEncoding } from '#shared/domain/table-file.ts'
import { InvalidInputError } from '../../store/errors.ts'

/** The bytes that are read at once: a few milliseconds of work, so that the main thread stays responsive. */
const pieceBytes = 128 * 1024

/** A piece of a file's text, and the bytes of the file that have been read so far. */
export interface TextPiece {
  readonly text: string
  readonly bytesRead: number
  readonly isLast: boolean
}

/** Returns the encoding of a file. Throws `InvalidInputError` if the file cannot be read. */
export function encodingOf(file: Blob, signal?: AbortSignal): Promise<Encoding> {
  return readable(() => guessEncoding(file, signal), signal)
}

/** Yields the text of a file in pieces, without its byte order mark and with `\n` as line end. */
export async function* textOf(file: Blob, encoding: Encoding, signal?: AbortSignal): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder(encoding)
  let bytesRead = 0
  // A carriage return at the end of a piece is held back: a line feed may follow.
  let held = ''
  for (let at = 0; at < file.size; at += pieceBytes) {
    signal?.throwIfAborted()
    const bytes = await readable(() => file.slice(at, at + pieceBytes).arrayBuffer(), signal)
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

/** Returns the result of reading a file. Throws `InvalidInputError` if the file is the cause of a failure. */
export async function readable<Result>(read: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    signal?.throwIfAborted()
    throw new InvalidInputError([{ path: 'csv', code: 'file_unreadable', params: { cause: String(error) } }])
  }
}
