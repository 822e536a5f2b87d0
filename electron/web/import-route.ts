import { openAsBlob } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { createRouterClient } from '@orpc/server'
import type { ImportReport } from '#shared/contract/clients.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { readHeader } from '../clients/import/read-header.ts'
import type { Engine } from '../engine.ts'
import { invalidInput, Refusal } from './answers.ts'
import { type ImportWishes, mapColumns, readWishes, saysColumns } from './import-mapping.ts'
import { importLimitBytes, limitedChunks, parseForm, readBody } from './request-body.ts'

/** Takes the CSV file of a request into the directory and tells what became of its lines. `left` ends the import midway. */
export async function importClients(
  api: Engine['api'],
  request: IncomingMessage,
  url: URL,
  left: AbortSignal,
): Promise<ImportReport> {
  const wishes = readWishes(url.searchParams)
  if ('issues' in wishes) throw invalidInput(wishes.issues)
  return withFileOf(request, async (csv) => {
    const columns = saysColumns(wishes) ? await columnsOf(csv, wishes) : undefined
    const client = createRouterClient(api, { interceptors: [reportInvalidInput] })
    try {
      const input = { csv, onKnown: wishes.onKnown, ...(columns && { columns }) }
      const events = await client.clients.import(input, { signal: left })
      for await (const event of events) if (event.kind === 'report') return event.report
    } catch (error) {
      // What the contract names is told as it is; the rest is for the log.
      if (error instanceof ORPCError && error.defined)
        throw new Refusal(error.status, error.code, error.message, { data: error.data })
      throw error
    }
    throw new Error('the import ended without a report')
  })
}

async function columnsOf(csv: File, wishes: ImportWishes): Promise<ColumnMeaning[]> {
  const mapped = mapColumns(await readHeader(csv), wishes)
  if ('issues' in mapped) throw invalidInput(mapped.issues)
  return mapped.columns
}

/** The file of a form, or else the body itself, which waits on disk: it may weigh more than the program should. */
async function withFileOf<Result>(request: IncomingMessage, work: (csv: File) => Promise<Result>): Promise<Result> {
  const contentType = request.headers['content-type'] ?? ''
  if (contentType.startsWith('multipart/form-data')) {
    const form = await parseForm(await readBody(request, importLimitBytes), contentType)
    const file = [...form.values()].find((value) => value instanceof File)
    if (file === undefined) throw invalidInput([{ path: '', message: 'The form holds no file.' }])
    return work(file)
  }
  const folder = await mkdtemp(join(tmpdir(), 'herald-import-'))
  try {
    const path = join(folder, 'clients.csv')
    await saveBody(request, path)
    return await work(new File([await openAsBlob(path)], 'clients.csv'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function saveBody(request: IncomingMessage, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of limitedChunks(request, importLimitBytes)) await file.write(chunk)
  } finally {
    await file.close()
  }
}
