import i18next from 'i18next'
import type { ExportFormat } from '#shared/contract/exports.ts'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/errors.ts'
import { createSharedState } from '../../api/shared-state.ts'
import { recordPresence } from '../../api/user-presence.ts'
import { showDone, showProblem } from '../notice.ts'
import { decodeBase64, safeFileName, saveBlob } from '../save-file.ts'

/** The export in progress; null if there is none. It continues while the user works on other screens. */
export interface ExportRun {
  readonly file: string
  readonly lines: number
  /** Null until the engine has counted them. */
  readonly total: number | null
}

/** The subject of an export; fields with a default in the contract may be missing. */
export type ExportSubjectInput = Parameters<typeof client.exports.write>[0]['subject']

const types: { readonly [format in ExportFormat]: string } = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const exportRun = createSharedState<ExportRun | null>(null)
let running: AbortController | undefined

/** The export in progress. */
export function useExportRun(): ExportRun | null {
  return exportRun.useValue()
}

/** Writes a file called `name` and saves it. Does nothing if an export is already in progress. */
export async function startExport(subject: ExportSubjectInput, format: ExportFormat, name: string): Promise<void> {
  if (exportRun.get() !== null) return
  const abort = new AbortController()
  running = abort
  const file = `${safeFileName(name)}.${format}`
  exportRun.set({ file, lines: 0, total: null })
  try {
    const order = { subject, format, ...(await localFormat()), acknowledges: true }
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let exportId = ''
    for await (const event of await client.exports.write(order, { signal: abort.signal })) {
      // A lock would abort the export, so its progress counts as user activity.
      recordPresence()
      if (event.kind === 'begun') {
        exportId = event.exportId
        exportRun.set({ file, lines: 0, total: event.total })
      } else if (event.kind === 'piece') {
        pieces.push(decodeBase64(event.bytes))
        exportRun.set({ file, lines: event.lines, total: exportRun.get()?.total ?? null })
        void client.exports.taken({ exportId }).catch(() => undefined)
      } else {
        exportRun.set(null)
        saveBlob(file, new Blob(pieces, { type: types[format] }))
        return showDone(i18next.t('exports:done', { file, count: event.lines }))
      }
    }
    // An aborted stream may end without an error.
    if (!abort.signal.aborted) throw new Error('the export ended before its file was whole')
  } catch (error) {
    if (!abort.signal.aborted) showProblem(describeError(error, i18next.t))
  }
  exportRun.set(null)
}

/** Aborts the export in progress; no file is saved. */
export function cancelExport(): void {
  running?.abort()
}

/**
 * Spreadsheets expect a CSV of the user's country: where the decimal separator is a comma, semicolons separate the
 * cells.
 */
async function localFormat() {
  const words = await exportWords()
  const usesComma = new Intl.NumberFormat(i18next.language).format(1.5).includes(',')
  return { words, separator: usesComma ? ('semicolon' as const) : ('comma' as const) }
}

/** The column titles and values of exported files in the console's language, by the engine's names for them. */
async function exportWords(): Promise<Record<string, string>> {
  await i18next.loadNamespaces(['exports', 'messages'])
  const { t } = i18next
  const groups = {
    column: t('exports:columns', { returnObjects: true }),
    status: t('shell:status.message', { returnObjects: true }),
    deliveryStatus: t('shell:status.delivery', { returnObjects: true }),
    error: t('messages:error', { returnObjects: true }),
  }
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, words]) =>
      Object.entries(words).map(([name, word]) => [`${group}.${name}`, word]),
    ),
  )
}
