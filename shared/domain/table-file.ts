/** Encodings that are detected, or chosen by the user. */
export const encodings = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be', 'koi8-r', 'ibm866'] as const
export type Encoding = (typeof encodings)[number]

/** Supported delimiters. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** The maximum size of a workbook. It is read as a whole, so the limit is lower than for text files. */
export const sheetLimitBytes = 64 * 1024 * 1024

/** The format of a file: an Excel workbook, an older or encrypted one (`xls`), or text (`csv`). */
export type FileFormat = 'xlsx' | 'xls' | 'csv'

/** The number of bytes read at once. */
const chunkBytes = 128 * 1024

/** Detects the format by the first bytes, since the file name may be wrong. */
export async function formatOf(file: Blob): Promise<FileFormat> {
  const [a, b, c, d] = await bytesOf(file, 0, 4)
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) return 'xlsx'
  return a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0 ? 'xls' : 'csv'
}

/**
 * Guesses the encoding of a text file: by its byte order mark, then UTF-8 if the whole file is valid, otherwise windows-1251, which
 * spreadsheets use in Russia.
 */
export async function guessEncoding(file: Blob, signal?: AbortSignal): Promise<Encoding> {
  const [first, second] = await bytesOf(file, 0, 2)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 0; at < file.size; at += chunkBytes) {
    signal?.throwIfAborted()
    const chunk = await bytesOf(file, at, at + chunkBytes)
    if (!isValid(() => decoder.decode(chunk, { stream: true }))) return 'windows-1251'
  }
  return isValid(() => decoder.decode()) ? 'utf-8' : 'windows-1251'
}

/** Returns whether decoding succeeds. */
function isValid(decode: () => string): boolean {
  try {
    decode()
    return true
  } catch {
    // A fatal decoder throws if the bytes are not valid UTF-8.
    return false
  }
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer())
}
