import i18next from 'i18next'
import type { ExportFormat } from '#shared/contract/exports.ts'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/errors.ts'
import { createSharedState } from '../../api/shared-state.ts'
import { recordPresence } from '../../api/user-presence.ts'
import { showDone, showProblem } from '../notice.ts'
import { saveBlob } from '../save-blob.ts'
import { bytesOf } from './bytes-of.ts'
import { exportWords } from './export-words.ts'
import { fileName } from './file-name.ts'

/** The file that is being written; null: none. It goes on while the operator looks at other screens. */
export interface ExportRun {
  readonly file: string
  readonly lines: number
  /** Null until the engine has counted them. */
  readonly total: number | null
}

/** What an export may be asked for: what the contract lets be left out may be. */
export type ExportOrder = Parameters<typeof client.exports.write>[0]['subject']

const types: { readonly [format in ExportFormat]: string } = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const kept = createSharedState<ExportRun | null>(null)
let abort: AbortController | undefined

/** The export under way. */
export function useExportRun(): ExportRun | null {
  return kept.useValue()
}

/** Writes a file called after `name` and hands it to the operator. One at a time: a second one is left out until the first is done. */
export async function startExport(subject: ExportOrder, format: ExportFormat, name: string): Promise<void> {
  if (kept.get() !== null) return
  const leaving = new AbortController()
  abort = leaving
  const file = `${fileName(name)}.${format}`
  kept.set({ file, lines: 0, total: null })
  try {
    const order = { subject, format, ...(await wayOfWriting()), acknowledges: true }
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let exportId = ''
    for await (const event of await client.exports.write(order, { signal: leaving.signal })) {
      // A lock would break it off: work under way counts as somebody who is here.
      recordPresence()
      if (event.kind === 'begun') {
        exportId = event.exportId
        kept.set({ file, lines: 0, total: event.total })
      } else if (event.kind === 'piece') {
        pieces.push(bytesOf(event.bytes))
        kept.set({ file, lines: event.lines, total: kept.get()?.total ?? null })
        void client.exports.taken({ exportId }).catch(() => undefined)
      } else {
        kept.set(null)
        saveBlob(file, new Blob(pieces, { type: types[format] }))
        return showDone(i18next.t('exports:done', { file, count: event.lines }))
      }
    }
    // A stream that is broken off may end without an error.
    if (!leaving.signal.aborted) throw new Error('the export ended before its file was whole')
  } catch (error) {
    if (!leaving.signal.aborted) showProblem(describeError(error, i18next.t))
  }
  kept.set(null)
}

/** Ends the export under way: there is no file then. */
export function cancelExport(): void {
  abort?.abort()
}

/** Spreadsheets open a CSV file by the customs of their country: where the comma is in numbers, cells stand between semicolons. */
async function wayOfWriting() {
  const words = await exportWords()
  const usesComma = new Intl.NumberFormat(i18next.language).format(1.5).includes(',')
  return { words, separator: usesComma ? ('semicolon' as const) : ('comma' as const) }
}
