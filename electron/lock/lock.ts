import * as z from 'zod'
import { idleMinutesSchema, type LockState } from '#shared/contract/lock.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import { ConflictError } from '../store/errors.ts'
import { noteEdit } from '../store/journal/field-changes.ts'
import { writeSetting } from '../store/settings/settings.ts'
import type { Reading, Store } from '../store/store.ts'
import { isPassphrase, type KeptPassphrase, keepPassphrase, keptPassphraseSchema } from './passphrase.ts'
import { readKept } from './read-kept.ts'
import { countWrongAnswers, forgetWrongAnswers } from './wrong-answers.ts'

const settingKey = 'lock'

/** What stands in the store. */
export const keptLockSchema = z.strictObject({
  passphrase: keptPassphraseSchema.nullable(),
  idleMinutes: idleMinutesSchema.nullable(),
})

/** The same once it was read. A passphrase that cannot be read is one that nobody knows: it locks, and does not open. */
interface Kept {
  readonly passphrase: KeptPassphrase | 'unreadable' | null
  readonly idleMinutes: number | null
}

export interface Lock {
  /** Asked before every call, so it costs nothing. */
  isLocked(): boolean
  /** Aborts when it locks; another signal after each time that it was unlocked. */
  locking(): AbortSignal
  state(): LockState
  /** Locks at once. Throws `ConflictError` where there is no passphrase that would open it again. */
  lock(): LockState
  /** Throws `ConflictError` about `passphrase` when it is the wrong one, or comes too soon after wrong ones. */
  unlock(passphrase: string): Promise<LockState>
  /** Sets, changes or (null) takes away the passphrase. Throws `ConflictError` about `current` where that is not the present one. */
  setPassphrase(current: string | undefined, next: string | null): Promise<LockState>
  setIdle(minutes: number | null): Promise<LockState>
}

/**
 * The lock before the console: locked from the start where there is a passphrase. Nothing of a passphrase stays but what it was stretched
 * to. `monotonic` is the clock in milliseconds by which wrong answers wait.
 */
export async function openLock(store: Store, monotonic: () => number): Promise<Lock> {
  let kept = await readLock(store.read)
  let isLocked = kept.passphrase !== null
  let locking = new AbortController()
  // Many answers at once would otherwise all be looked at before the first was found wrong.
  const queue = createSerialQueue()
  const wrong = await countWrongAnswers(store, monotonic)
  if (isLocked) locking.abort()

  async function prove(passphrase: string, field: 'passphrase' | 'current'): Promise<void> {
    if (kept.passphrase === null) return
    if (kept.passphrase === 'unreadable')
      throw new ConflictError(
        field,
        'what is kept of the passphrase cannot be read: close Herald and start it with --forget-passphrase',
      )
    if (wrong.waitMs() > 0) throw new ConflictError(field, inWords(wrong.waitMs()))
    const { passphrase: known } = kept
    if (await wrong.judge(() => isPassphrase(passphrase, known))) return
    const wait = wrong.waitMs()
    throw new ConflictError(field, `this is not the passphrase${wait === 0 ? '' : `: ${inWords(wait)}`}`)
  }

  async function keep(next: Kept, edited: { readonly before: Fields; readonly after: Fields }): Promise<void> {
    await store.write(async (writing) => {
      await writeSetting(writing, settingKey, next)
      noteEdit(writing, { settings: 'lock' }, edited.before, edited.after, ['passphrase'])
    })
    kept = next
  }

  function open(): void {
    if (!isLocked) return
    isLocked = false
    locking = new AbortController()
  }

  const state = (): LockState => ({
    hasPassphrase: kept.passphrase !== null,
    isLocked,
    idleMinutes: kept.idleMinutes,
  })

  return {
    isLocked: () => isLocked,
    locking: () => locking.signal,
    state,
    lock() {
      if (kept.passphrase === null)
        throw new ConflictError(null, 'there is no passphrase that would open the lock again: set one first')
      isLocked = true
      locking.abort()
      return state()
    },
    unlock: (passphrase) =>
      queue.run(async () => {
        if (!isLocked) return state()
        await prove(passphrase, 'passphrase')
        open()
        return state()
      }),
    setPassphrase: (current, next) =>
      queue.run(async () => {
        if (kept.passphrase !== null && current === undefined)
          throw new ConflictError('current', 'the present passphrase is required')
        if (current !== undefined) await prove(current, 'current')
        const passphrase = next === null ? null : await keepPassphrase(next)
        await keep({ ...kept, passphrase }, changeOfPassphrase(kept.passphrase !== null, next !== null))
        if (passphrase === null) open()
        return state()
      }),
    setIdle: (minutes) =>
      queue.run(async () => {
        const before = { idleMinutes: kept.idleMinutes }
        await keep({ ...kept, idleMinutes: minutes }, { before, after: { idleMinutes: minutes } })
        return state()
      }),
  }
}

/** Takes the passphrase away for an owner who has forgotten it, unasked: whoever can call this can read the store itself. */
export async function forgetPassphrase(store: Store): Promise<void> {
  const { passphrase, idleMinutes } = await readLock(store.read)
  if (passphrase === null) return
  const { before, after } = changeOfPassphrase(true, false)
  await store.write(async (writing) => {
    await writeSetting(writing, settingKey, { passphrase: null, idleMinutes } satisfies Kept)
    await forgetWrongAnswers(writing)
    noteEdit(writing, { settings: 'lock' }, before, after, ['passphrase'])
  })
}

type Fields = Readonly<Record<string, unknown>>

/** What the journal compares: that it changed, from something or nothing to something or nothing, and nothing of the passphrase itself. */
function changeOfPassphrase(was: boolean, is: boolean): { readonly before: Fields; readonly after: Fields } {
  return { before: { passphrase: was ? 'the former' : null }, after: { passphrase: is ? 'the new' : null } }
}

async function readLock(reading: Reading): Promise<Kept> {
  const stored = await readKept(reading, settingKey)
  if (stored === undefined) return { passphrase: null, idleMinutes: null }
  const { success, data } = keptLockSchema.safeParse(stored)
  return success ? data : { passphrase: 'unreadable', idleMinutes: null }
}

function inWords(waitMs: number): string {
  return `wait ${Math.ceil(waitMs / 1000)} s before the next attempt`
}
