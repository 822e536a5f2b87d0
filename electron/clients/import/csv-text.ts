import { type Encoding, guessEncoding } from '#shared/domain/table-file.ts'
import { InvalidInputError } from '../../store/errors.ts'

/** How much of a file is taken at a time: some milliseconds of work, between which the program does other things. */
const pieceBytes = 128 * 1024

/** A piece of a file's text, and how many bytes of the file have been read with it. */
export interface TextPiece {
  readonly text: string
  readonly bytesRead: number
  readonly isLast: boolean
}

/** How a file is written down. Throws `InvalidInputError` when it cannot be read. */
export function encodingOf(file: Blob, signal?: AbortSignal): Promise<Encoding> {
  return readable(() => guessEncoding(file, signal), signal)
}

/** The text of a file piece by piece, without its byte order mark and with every kind of line end as `\n`. */
export async function* textOf(file: Blob, encoding: Encoding, signal?: AbortSignal): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder(encoding)
  let bytesRead = 0
  // A carriage return at the end of a piece waits for what follows it.
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

/** What comes of a file, or the word that the file itself is at fault. */
export async function readable<Result>(read: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    signal?.throwIfAborted()
    throw new InvalidInputError([{ path: 'csv', code: 'file_unreadable', params: { cause: String(error) } }])
  }
}
