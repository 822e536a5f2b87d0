import { readSetting } from '../store/settings/settings.ts'
import type { Reading } from '../store/store.ts'

/** What stands under a key: undefined where nothing does, and null where it is spoilt, which is not the same as nothing. */
export async function readKept(reading: Reading, key: string): Promise<unknown> {
  try {
    return await readSetting(reading, key)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
