import * as z from 'zod'
import { columnMeaningSchema } from '#shared/contract/import.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import type { SettingReads } from '../../store/ports/settings.ts'
import type { Store } from '../../store/store.ts'

const settingKey = 'import.columns'
/** The maximum of remembered headers; the last used ones are kept. */
const maxKeptHeaders = 50

const keptSchema = z.array(z.object({ header: z.string(), columns: z.array(columnMeaningSchema) }))

/** Returns the columns that were last chosen for this header; null for a new header. */
export async function recallColumns(
  settings: SettingReads,
  header: readonly string[],
): Promise<ColumnMeaning[] | null> {
  const key = keyOf(header)
  const kept = (await readKept(settings)).find((entry) => entry.header === key)
  return kept === undefined || kept.columns.length !== header.length ? null : kept.columns
}

/** Remembers the columns that were chosen for this header. */
export async function rememberColumns(
  store: Store,
  header: readonly string[],
  columns: readonly ColumnMeaning[],
): Promise<void> {
  const key = keyOf(header)
  await store.write(async ({ settings }) => {
    const others = (await readKept(settings)).filter((entry) => entry.header !== key)
    await settings.set(settingKey, [{ header: key, columns }, ...others].slice(0, maxKeptHeaders))
  })
}

async function readKept(settings: SettingReads): Promise<z.output<typeof keptSchema>> {
  // A damaged value is ignored, and replaced the next time.
  return keptSchema.safeParse(await settings.get(settingKey)).data ?? []
}

/** Headers with the same titles in the same order are the same, ignoring case and surrounding spaces. */
function keyOf(header: readonly string[]): string {
  return JSON.stringify(header.map((title) => title.trim().toLowerCase()))
}
