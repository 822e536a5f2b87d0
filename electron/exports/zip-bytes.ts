import { pipeline, Readable } from 'node:stream'
import { constants, crc32, createDeflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { ConflictError } from '../store/errors.ts'

/** A file of an archive. Large content is a stream. */
export interface ZippedFile {
  readonly name: string
  readonly content: string | AsyncIterable<Buffer>
}

/** The maximum size without the ZIP64 extension, which not every reader supports. */
const maxBytes = 0xffff_ffff
/** ZIP's code of the Deflate method. */
const deflated = 8

/**
 * Writes a ZIP archive as a stream. Only the bytes being compressed are in memory; compression runs in zlib's thread pool.
 * Throws `ConflictError` if the archive becomes larger than the format allows.
 */
export async function* zip(files: readonly ZippedFile[]): AsyncGenerator<Buffer, void> {
  let ready: Buffer[] = []
  let written = 0
  const archive = new Zip((error, bytes) => {
    if (error !== null) throw error
    ready.push(Buffer.from(bytes))
  })
  function* takeReady(): Generator<Buffer, void> {
    for (const bytes of ready) {
      written += bytes.length
      if (written > maxBytes) throw tooLarge()
      yield bytes
    }
    ready = []
  }
  for (const { name, content } of files) {
    const file: ZipInputFile = { filename: name, compression: deflated, crc: 0, size: 0 }
    archive.add(file)
    for await (const compressed of compressedBytes(content, file)) {
      file.ondata?.(null, compressed, false)
      yield* takeReady()
    }
    file.ondata?.(null, new Uint8Array(), true)
    yield* takeReady()
  }
  archive.end()
  yield* takeReady()
}

/** Returns the compressed content, and updates size and checksum in `file`. */
function compressedBytes(content: ZippedFile['content'], file: ZipInputFile): AsyncIterable<Buffer<ArrayBuffer>> {
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of typeof content === 'string' ? [Buffer.from(content)] : content) {
      file.crc = crc32(chunk, file.crc)
      file.size += chunk.length
      if (file.size > maxBytes) throw tooLarge()
      yield chunk
    }
  }
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED, chunkSize: 128 * 1024 })
  // An error at either end destroys both, and reaches the reader.
  pipeline(Readable.from(counted(), { highWaterMark: 1 }), deflate, () => undefined)
  return deflate
}

function tooLarge(): ConflictError {
  return new ConflictError({ code: 'xlsx_too_large', field: 'format' })
}
