/** Worker thread: reads one sheet of a workbook and hands its rows over as they are asked for. */
import { on } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { InvalidInputError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import type { AppError } from '#shared/errors/app-error.ts'
import { textOfCell } from '../sheet-cell.ts'
import type { SheetCommand, SheetReport } from '../sheet-reading.ts'
import { unpackedBytes } from '../unpacked-bytes.ts'

/** What is handed over at a time. */
const pieceRows = 1000
/** A workbook that unpacks to more was made to do harm, or is better read as CSV. */
const unpackedLimitBytes = 1024 * 1024 * 1024
const damaged: AppError = { code: 'workbook_damaged' }
/** No sheet can have this name, so that asking for it tells which there are. */
const noSheet = '\u0000'

if (parentPort === null) throw new Error('this is a worker thread')
const port = parentPort
const commands = on(port, 'message')
const { workbook, sheet: wanted } = workerData as { workbook: ArrayBuffer; sheet: string | undefined }
const tell = (report: SheetReport): void => port.postMessage(report)

/** Waits until the next rows are wanted; false when nothing is wanted any more. */
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
  if (unpacked === null) return tell({ kind: 'failed', error: damaged })
  if (unpacked > unpackedLimitBytes) return tell({ kind: 'failed', error: { code: 'sheet_too_large' } })
  const sheets = await sheetsOf(bytes)
  const sheet = wanted ?? sheets[0]
  if (sheet === undefined || !sheets.includes(sheet))
    return tell({ kind: 'failed', error: { code: 'sheet_unknown', params: { sheet: String(sheet), sheets } } })
  tell({ kind: 'sheets', sheets, sheet })
  const rows = await readSheet(bytes, sheet)
  for (let begin = 0; begin < rows.length; begin += pieceRows) {
    if (!(await isWanted())) return
    const piece = rows.slice(begin, begin + pieceRows)
    tell({
      kind: 'rows',
      firstRow: begin + 1,
      rows: piece.map((row) => row.map(textOfCell)),
      rowsTotal: rows.length,
    })
  }
  if (await isWanted()) tell({ kind: 'end' })
}

try {
  await read()
} catch (error) {
  const isDamaged = error instanceof InvalidInputError || (error instanceof Error && error.name.startsWith('Invalid'))
  tell({
    kind: 'failed',
    error: isDamaged ? damaged : { code: 'workbook_unreadable', params: { cause: String(error) } },
  })
}
port.close()
