import Papa from 'papaparse'
import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'

/** What a file was written in: told from its first bytes, and from whether it is valid UTF-8. */
export type CsvEncoding = 'utf-8' | 'utf-16le' | 'windows-1251'

/** What the operator sees of a file before anything is imported. */
export interface CsvTable {
  /** As UTF-8, whatever it was on the disk. */
  readonly file: File
  readonly encoding: CsvEncoding
  readonly header: readonly string[]
  /** The first rows below the header. */
  readonly sample: readonly (readonly string[])[]
}

const previewBytes = 64 * 1024
const previewRows = 5

/** Opens a CSV file. What is neither UTF-8 nor marked as UTF-16 is read as Windows-1251, which Russian spreadsheets still write. */
export async function openCsv(chosen: File): Promise<CsvTable> {
  const encoding = await encodingOf(chosen)
  const file = encoding === 'utf-8' ? chosen : await toUtf8(chosen, encoding)
  // A half character at the cut is left out by the streaming decoder.
  const head = new TextDecoder().decode(await file.slice(0, previewBytes).arrayBuffer(), { stream: true })
  const { data } = Papa.parse<string[]>(head, {
    delimiter: guessDelimiter(head),
    preview: previewRows + 1,
    skipEmptyLines: 'greedy',
  })
  const [header = [], ...sample] = data
  return { file, encoding, header, sample }
}

async function encodingOf(file: Blob): Promise<CsvEncoding> {
  const mark = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le'
  return (await isUtf8(file)) ? 'utf-8' : 'windows-1251'
}

async function isUtf8(file: Blob): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of file.stream()) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    // The decoder's word for "not UTF-8"; a file that cannot be read is another matter.
    if (error instanceof TypeError) return false
    throw error
  }
}

async function toUtf8(file: File, encoding: CsvEncoding): Promise<File> {
  const decoder = new TextDecoder(encoding)
  const parts: string[] = []
  for await (const chunk of file.stream()) parts.push(decoder.decode(chunk, { stream: true }))
  parts.push(decoder.decode())
  return new File(parts, file.name, { type: 'text/csv' })
}
