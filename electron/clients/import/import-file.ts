import type { RefusedLine } from '#shared/contract/clients.ts'
import type { WholeImportReport } from '#shared/contract/import.ts'
import type { ImportQuery } from '#shared/contract/import-file.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { ConflictError } from '../../store/errors.ts'
import type { CurrentImport } from './current-import.ts'
import { mapNamedColumns, namesColumns } from './named-columns.ts'
import { beginningOfTable } from './table-beginning.ts'

/**
 * Imports a file whose columns `query` may name, and returns the report with every refused row. An aborted `signal` ends the import;
 * the directory then stays as it was. Throws `InvalidInputError` for an unreadable file and for columns that it does not have, and
 * `ConflictError` when the user cancels the import.
 */
export async function importFile(
  { imports, jobs }: { readonly imports: Pick<CurrentImport, 'import'>; readonly jobs: JobFiles },
  csv: File,
  query: ImportQuery,
  signal: AbortSignal | undefined,
): Promise<WholeImportReport> {
  const { options } = query
  const columns = namesColumns(query)
    ? mapNamedColumns((await beginningOfTable(csv, options, jobs, signal)).header, query)
    : undefined
  const refusals: RefusedLine[] = []
  for await (const event of imports.import({ csv, ...options, columns }, signal)) {
    if (event.kind === 'refusals') refusals.push(...event.refusals)
    if (event.kind === 'cancelled') throw new ConflictError({ code: 'import_stopped' })
    if (event.kind === 'report') return { ...event.report, refusals }
  }
  throw new Error('the import ended without a report')
}
