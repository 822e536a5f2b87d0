import type { IncomingMessage } from 'node:http'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { RefusedLine } from '#shared/contract/clients.ts'
import type { WholeImportReport } from '#shared/contract/import.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import type { Engine } from '../engine.ts'
import { invalidInput, Refusal as RefusedRequest } from './answers.ts'
import { type ImportWishes, mapColumns, readWishes, saysColumns } from './import-mapping.ts'
import { refusalOf, withFileOf } from './uploaded-file.ts'

/** Takes the table of a request into the directory and tells what became of its lines. `left` ends the import, and nothing of it stays. */
export async function importClients(
  api: Engine['api'],
  request: IncomingMessage,
  url: URL,
  uploadsDir: string,
  left: AbortSignal,
): Promise<WholeImportReport> {
  const wishes = readWishes(url.searchParams)
  if ('issues' in wishes) throw invalidInput(wishes.issues)
  return withFileOf(request, uploadsDir, async (csv) => {
    const client = createRouterClient(api, { interceptors: [reportInvalidInput] })
    const refusals: RefusedLine[] = []
    try {
      const columns = saysColumns(wishes) ? await columnsOf(client, csv, wishes) : undefined
      const input = { csv, ...wishes.options, ...(columns && { columns }) }
      for await (const event of await client.clients.import(input, { signal: left })) {
        if (event.kind === 'refusals') refusals.push(...event.refusals)
        if (event.kind === 'cancelled')
          throw new RefusedRequest(409, 'CONFLICT', 'The import was stopped: nothing of it stays.')
        if (event.kind === 'report') return { ...event.report, refusals }
      }
    } catch (error) {
      throw refusalOf(error)
    }
    throw new Error('the import ended without a report')
  })
}

type Client = RouterClient<Engine['api']>

async function columnsOf(client: Client, csv: File, wishes: ImportWishes): Promise<ColumnMeaning[]> {
  const { header } = await client.clients.readTable({ file: csv, ...wishes.options })
  const mapped = mapColumns(header, wishes)
  if ('issues' in mapped) throw invalidInput(mapped.issues)
  return mapped.columns
}
