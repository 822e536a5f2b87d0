import Papa from 'papaparse'
import readXlsx from 'read-excel-file/node'
import type { ExportEvent } from '#shared/contract/exports.ts'

/** The events and the file of an export. */
export async function exportedFile(events: AsyncIterable<ExportEvent>) {
  const told: ExportEvent[] = []
  const pieces: Buffer[] = []
  for await (const event of events) {
    told.push(event)
    if (event.kind === 'piece') pieces.push(Buffer.from(event.bytes, 'base64'))
  }
  const bytes = Buffer.concat(pieces)
  return { told, bytes, text: bytes.toString() }
}

/** Returns the rows of a CSV file, header first. Throws if it is not a CSV file. */
export function csvLines(text: string): string[][] {
  if (!text.startsWith('\uFEFF')) throw new Error('the mark of UTF-8 is missing')
  const { data, errors } = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data
}

/** Returns the rows of an XLSX file's only sheet, header first. */
export async function xlsxLines(bytes: Buffer) {
  const sheets = await readXlsx(bytes)
  const [only, another] = sheets
  if (only === undefined || another !== undefined) throw new Error(`${sheets.length} sheets`)
  return only.data
}
