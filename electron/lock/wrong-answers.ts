import * as z from 'zod'
import { writeSetting } from '../store/settings/settings.ts'
import type { Store, Writing } from '../store/store.ts'
import { readKept } from './read-kept.ts'

/** The row of its own in which the count stands: the lock's own row has its shape for programs that know of no count. */
const settingKey = 'wrongAnswers'
const countSchema = z.int().min(0)

/** So many may be wrong before it costs time: fingers slip. */
const freeAnswers = 4
const firstWaitMs = 1_000
const longestWaitMs = 30_000
/** What a count that cannot be read is taken for: the longest wait, which the next right answer ends. */
const unreadableCount = 100

/** Slows down whoever tries passphrases. */
export interface WrongAnswers {
  /** How long from now on no answer is looked at (ms); 0 when one may be given. */
  waitMs(): number
  /**
   * Has an answer looked at, and says whether it is right. On disk it counts as wrong before anybody knows: to end the program meanwhile
   * takes nothing back. Throws what the store throws, with nothing looked at, where that takes nothing.
   */
  judge(isRight: () => Promise<boolean>): Promise<boolean>
}

/**
 * The count survives the program, and at a start the wait begins anew. `monotonic` is a clock in milliseconds: what the wall clock is
 * set to neither shortens a wait nor draws it out.
 */
export async function countWrongAnswers(store: Store, monotonic: () => number): Promise<WrongAnswers> {
  let count = countOf(await readKept(store.read, settingKey))
  let lastAt = monotonic()

  async function keep(next: number): Promise<void> {
    await store.write((writing) => writeSetting(writing, settingKey, next))
    count = next
  }

  return {
    waitMs() {
      if (count <= freeAnswers) return 0
      const wait = Math.min(firstWaitMs * 2 ** (count - freeAnswers - 1), longestWaitMs)
      return Math.max(0, wait - (monotonic() - lastAt))
    },
    async judge(isRight) {
      await keep(count + 1)
      const right = await isRight()
      if (right) await keep(0)
      lastAt = monotonic()
      return right
    },
  }
}

/** Whoever may forget the passphrase begins with no wrong answers either. */
export function forgetWrongAnswers(writing: Writing): Promise<void> {
  return writeSetting(writing, settingKey, 0)
}

function countOf(kept: unknown): number {
  if (kept === undefined) return 0
  const { success, data } = countSchema.safeParse(kept)
  return success ? data : unreadableCount
}
