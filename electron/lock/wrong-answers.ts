import * as z from 'zod'
import type { SettingReads, SettingWrites } from '../store/ports/settings.ts'
import type { Store } from '../store/store.ts'

/** The count has its own row, since older versions expect the lock's row without a count. */
const settingKey = 'wrongAnswers'
const countSchema = z.int().min(0)

/** The number of wrong passphrases without a wait. */
const maxFreeAnswers = 4
const firstWaitMs = 1_000
const maxWaitMs = 30_000
/** Replaces an unreadable count: the next right answer resets it. */
const unreadableCount = 100

/** Slows down guessing of the passphrase. */
export interface WrongAnswers {
  /** Returns how long (ms) until the next answer is accepted. */
  waitMs(): number
  /**
   * Returns whether an answer is right. It is stored as wrong before it is checked, so killing the program does not undo the count.
   * Throws the store's error, without checking the answer, if the count cannot be stored.
   */
  check(isRight: () => Promise<boolean>): Promise<boolean>
}

/**
 * Opens the count of wrong answers. It is stored, and each start of the program restarts the wait. `monotonicMs` is independent of
 * changes of the wall clock.
 */
export async function openWrongAnswers(store: Store, monotonicMs: () => number): Promise<WrongAnswers> {
  let count = countOf(await readSettingOrNull(store.read.settings, settingKey))
  let lastAt = monotonicMs()

  async function save(next: number): Promise<void> {
    await store.write(({ settings }) => settings.set(settingKey, next))
    count = next
  }

  return {
    waitMs() {
      if (count <= maxFreeAnswers) return 0
      const wait = Math.min(firstWaitMs * 2 ** (count - maxFreeAnswers - 1), maxWaitMs)
      return Math.max(0, wait - (monotonicMs() - lastAt))
    },
    async check(isRight) {
      await save(count + 1)
      const right = await isRight()
      if (right) await save(0)
      lastAt = monotonicMs()
      return right
    },
  }
}

/** Sets the count to 0. */
export function resetWrongAnswers(settings: SettingWrites): Promise<void> {
  return settings.set(settingKey, 0)
}

function countOf(stored: unknown): number {
  if (stored === undefined) return 0
  const { success, data } = countSchema.safeParse(stored)
  return success ? data : unreadableCount
}

/** Returns the value of a setting: undefined if there is none, and null if its JSON is damaged. */
export async function readSettingOrNull(settings: SettingReads, key: string): Promise<unknown> {
  try {
    return await settings.get(key)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
