import { pipeline, Readable } from 'node:stream'
import { constants, crc32, createDeflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { ConflictError } from '../store/errors.ts'

/** A file of an archive: a small one as it is, a large one as it comes. */
export interface ZippedFile {
  readonly name: string
  readonly content: string | AsyncIterable<Buffer>
}

/** Beyond this the format needs an extension that not every reader knows. */
const mostBytes = 0xffff_ffff
/** The archive's way to say that a file is packed by Deflate. */
const deflated = 8

/**
 * Writes a ZIP archive as it comes, with no more of it in memory than what is being packed, which happens in a thread of its own.
 * Throws `ConflictError` when it becomes larger than the format holds.
 */
export async function* zip(files: readonly ZippedFile[]): AsyncGenerator<Buffer, void> {
  let ready: Buffer[] = []
  let written = 0
  const archive = new Zip((error, bytes) => {
    if (error !== null) throw error
    ready.push(Buffer.from(bytes))
  })
  function* taken(): Generator<Buffer, void> {
    for (const bytes of ready) {
      written += bytes.length
      if (written > mostBytes) throw tooLarge()
      yield bytes
    }
    ready = []
  }
  for (const { name, content } of files) {
    const file: ZipInputFile = { filename: name, compression: deflated, crc: 0, size: 0 }
    archive.add(file)
    for await (const packed of packedBytes(content, file)) {
      file.ondata?.(null, packed, false)
      yield* taken()
    }
    file.ondata?.(null, new Uint8Array(), true)
    yield* taken()
  }
  archive.end()
  yield* taken()
}

/** Packs what comes, and keeps its size and checksum in `file`. */
function packedBytes(content: ZippedFile['content'], file: ZipInputFile): AsyncIterable<Buffer<ArrayBuffer>> {
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of typeof content === 'string' ? [Buffer.from(content)] : content) {
      file.crc = crc32(chunk, file.crc)
      file.size += chunk.length
      if (file.size > mostBytes) throw tooLarge()
      yield chunk
    }
  }
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED, chunkSize: 128 * 1024 })
  // An error of either end destroys the other, and reaches whoever reads.
  pipeline(Readable.from(counted(), { highWaterMark: 1 }), deflate, () => undefined)
  return deflate
}

function tooLarge(): ConflictError {
  return new ConflictError('format', 'this is more than an XLSX file holds: export it as CSV')
}
