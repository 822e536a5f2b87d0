/** How text of a file may be written down: what is guessed, and what an operator may know better. */
export const encodings = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be', 'koi8-r', 'ibm866'] as const
export type Encoding = (typeof encodings)[number]

/** What may stand between the cells of a line. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** A spreadsheet is read as a whole, so it may weigh less than a list that is read line by line. */
export const sheetLimitBytes = 64 * 1024 * 1024

/** What a file begins with: an Excel workbook, the older kind of it (or one behind a password), or anything else, which is taken for text. */
export type FileFormat = 'xlsx' | 'xls' | 'csv'

/** How much of a file is looked at at a time. */
const pieceBytes = 128 * 1024

/** What kind of file this is, by its first bytes: its name may say anything. */
export async function formatOf(file: Blob): Promise<FileFormat> {
  const [a, b, c, d] = await bytesOf(file, 0, 4)
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) return 'xlsx'
  return a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0 ? 'xls' : 'csv'
}

/**
 * How a file of text is written down. What says so itself is believed; what is valid UTF-8 to its last byte is UTF-8; the rest is
 * what spreadsheets save in Russia.
 */
export async function guessEncoding(file: Blob, signal?: AbortSignal): Promise<Encoding> {
  const [first, second] = await bytesOf(file, 0, 2)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 0; at < file.size; at += pieceBytes) {
    signal?.throwIfAborted()
    const piece = await bytesOf(file, at, at + pieceBytes)
    if (!isValid(() => decoder.decode(piece, { stream: true }))) return 'windows-1251'
  }
  return isValid(() => decoder.decode()) ? 'utf-8' : 'windows-1251'
}

/** Whether a fatal decoder takes it. */
function isValid(decode: () => string): boolean {
  try {
    decode()
    return true
  } catch {
    // The decoder's only way of saying that these bytes are no UTF-8.
    return false
  }
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer())
}
