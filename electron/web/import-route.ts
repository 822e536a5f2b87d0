import type { IncomingMessage } from 'node:http'
import { createRouterClient } from '@orpc/server'
import type { ImportReport } from '#shared/contract/clients.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { readHeader } from '../clients/import/read-header.ts'
import type { Engine } from '../engine.ts'
import { invalidInput } from './answers.ts'
import { type ImportWishes, mapColumns, readWishes, saysColumns } from './import-mapping.ts'
import { refusalOf, withFileOf } from './uploaded-file.ts'

/** Takes the CSV file of a request into the directory and tells what became of its lines. `left` ends the import midway. */
export async function importClients(
  api: Engine['api'],
  request: IncomingMessage,
  url: URL,
  left: AbortSignal,
): Promise<ImportReport> {
  const wishes = readWishes(url.searchParams)
  if ('issues' in wishes) throw invalidInput(wishes.issues)
  return withFileOf(request, 'import', async (csv) => {
    const columns = saysColumns(wishes) ? await columnsOf(csv, wishes) : undefined
    const client = createRouterClient(api, { interceptors: [reportInvalidInput] })
    try {
      const input = { csv, onKnown: wishes.onKnown, ...(columns && { columns }) }
      const events = await client.clients.import(input, { signal: left })
      for await (const event of events) if (event.kind === 'report') return event.report
    } catch (error) {
      throw refusalOf(error)
    }
    throw new Error('the import ended without a report')
  })
}

async function columnsOf(csv: File, wishes: ImportWishes): Promise<ColumnMeaning[]> {
  const mapped = mapColumns(await readHeader(csv), wishes)
  if ('issues' in mapped) throw invalidInput(mapped.issues)
  return mapped.columns
}
