import * as z from 'zod'
import { columnMeaningSchema } from '#shared/contract/import.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { readSetting, writeSetting } from '../../store/settings/settings.ts'
import type { Reading, Store } from '../../store/store.ts'

const settingKey = 'import.columns'
/** So many headers are remembered, those that were used last. */
const keptHeaders = 50

const keptSchema = z.array(z.object({ header: z.string(), columns: z.array(columnMeaningSchema) }))

/** What the columns under this header were last time; null when it is new. */
export async function recallColumns(reading: Reading, header: readonly string[]): Promise<ColumnMeaning[] | null> {
  const key = keyOf(header)
  const kept = (await readKept(reading)).find((entry) => entry.header === key)
  return kept === undefined || kept.columns.length !== header.length ? null : kept.columns
}

/** Remembers what the columns under this header are. */
export async function rememberColumns(
  store: Store,
  header: readonly string[],
  columns: readonly ColumnMeaning[],
): Promise<void> {
  const key = keyOf(header)
  await store.write(async (writing) => {
    const others = (await readKept(writing)).filter((entry) => entry.header !== key)
    await writeSetting(writing, settingKey, [{ header: key, columns }, ...others].slice(0, keptHeaders))
  })
}

async function readKept(reading: Reading): Promise<z.output<typeof keptSchema>> {
  // Anything else there would be of no use, and is written over the next time.
  return keptSchema.safeParse(await readSetting(reading, settingKey)).data ?? []
}

/** The same titles in the same order are the same header, whatever their case and the spaces around them. */
function keyOf(header: readonly string[]): string {
  return JSON.stringify(header.map((title) => title.trim().toLowerCase()))
}
