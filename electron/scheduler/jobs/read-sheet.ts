/** Worker thread: reads one sheet of a workbook and sends its rows on request. */
import { on } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { InvalidInputError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import type { AppError } from '#shared/errors/app-error.ts'
import { textOfCell } from '../sheet-cell.ts'
import type { SheetCommand, SheetReport } from '../sheet-reading.ts'
import { unpackedBytes } from '../unpacked-bytes.ts'

/** The number of rows that are sent at a time. */
const batchRows = 1000
/** A workbook that unpacks to more is malicious, or better read as CSV. */
const maxUnpackedBytes = 1024 * 1024 * 1024
const damaged: AppError = { code: 'workbook_damaged' }
/** No sheet can have this name, so asking for it returns the names of all. */
const noSheet = '\u0000'

if (parentPort === null) throw new Error('this is a worker thread')
const port = parentPort
const commands = on(port, 'message')
const { workbook, sheet: wanted } = workerData as { workbook: ArrayBuffer; sheet: string | undefined }
const report = (report: SheetReport): void => port.postMessage(report)

/** Waits for the next request for rows. Returns false when no more are wanted. */
async function isWanted(): Promise<boolean> {
  const { value } = (await commands.next()) as IteratorResult<[SheetCommand], undefined>
  return value?.[0] === 'next'
}

async function sheetsOf(bytes: Buffer): Promise<readonly string[]> {
  try {
    await readSheet(bytes, noSheet)
  } catch (error) {
    // Its types keep it to themselves.
    if (error instanceof SheetNotFoundError && 'sheets' in error) return error.sheets as string[]
    throw error
  }
  return []
}

async function read(): Promise<void> {
  const bytes = Buffer.from(workbook)
  const unpacked = unpackedBytes(bytes)
  if (unpacked === null) return report({ kind: 'failed', error: damaged })
  if (unpacked > maxUnpackedBytes) return report({ kind: 'failed', error: { code: 'sheet_too_large' } })
  const sheets = await sheetsOf(bytes)
  const sheet = wanted ?? sheets[0]
  if (sheet === undefined || !sheets.includes(sheet))
    return report({ kind: 'failed', error: { code: 'sheet_unknown', params: { sheet: String(sheet), sheets } } })
  report({ kind: 'sheets', sheets, sheet })
  const rows = await readSheet(bytes, sheet)
  for (let begin = 0; begin < rows.length; begin += batchRows) {
    if (!(await isWanted())) return
    const piece = rows.slice(begin, begin + batchRows)
    report({
      kind: 'rows',
      firstRow: begin + 1,
      rows: piece.map((row) => row.map(textOfCell)),
      rowsTotal: rows.length,
    })
  }
  if (await isWanted()) report({ kind: 'end' })
}

try {
  await read()
} catch (error) {
  const isDamaged = error instanceof InvalidInputError || (error instanceof Error && error.name.startsWith('Invalid'))
  report({
    kind: 'failed',
    error: isDamaged ? damaged : { code: 'workbook_unreadable', params: { cause: String(error) } },
  })
}
port.close()
