import * as z from 'zod'
import { idleMinutesSchema, type LockState } from '#shared/contract/lock.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import { ConflictError } from '../store/errors.ts'
import type { SettingReads } from '../store/ports/settings.ts'
import type { Store, StoreWrites } from '../store/store.ts'
import { hashPassphrase, matchesHash, type PassphraseHash, passphraseHashSchema } from './passphrase.ts'
import { openWrongAnswers, readSettingOrNull, resetWrongAnswers, type WrongAnswers } from './wrong-answers.ts'

const settingKey = 'lock'

/** The stored form. */
export const storedLockSchema = z.strictObject({
  passphrase: passphraseHashSchema.nullable(),
  idleMinutes: idleMinutesSchema.nullable(),
})

/** The stored lock after reading. An unreadable passphrase locks the program, and no passphrase unlocks it. */
interface StoredLock {
  readonly passphrase: PassphraseHash | 'unreadable' | null
  readonly idleMinutes: number | null
}

export interface Lock {
  /** Asked before every call, so it must be cheap. */
  isLocked(): boolean
  /** Returns a signal that aborts when the program locks. Each unlock creates a new signal. */
  locking(): AbortSignal
  state(): LockState
  /** Locks immediately. Throws `ConflictError` if there is no passphrase to unlock it with. */
  lock(): LockState
  /** Throws `ConflictError` about `passphrase` if it is wrong, or comes too soon after wrong ones. */
  unlock(passphrase: string): Promise<LockState>
  /** Sets, changes or (null) removes the passphrase. Throws `ConflictError` about `current` if that is wrong. */
  setPassphrase(current: string | undefined, next: string | null): Promise<LockState>
  setIdle(minutes: number | null): Promise<LockState>
}

/**
 * Opens the lock of the console and the API, locked if there is a passphrase. Only a hash of the passphrase is stored.
 * `monotonicMs` is the clock that measures the wait after wrong passphrases.
 */
export async function openLock(store: Store, monotonicMs: () => number): Promise<Lock> {
  let stored = await readLock(store.read.settings)
  let isLocked = stored.passphrase !== null
  let locking = new AbortController()
  // One at a time: otherwise many guesses could be checked before the first one is counted as wrong.
  const queue = createSerialQueue()
  const wrongAnswers = await openWrongAnswers(store, monotonicMs)
  if (isLocked) locking.abort()

  async function save(next: StoredLock, edit: Edit): Promise<void> {
    await store.write((writes) => writeLock(writes, next, edit))
    stored = next
  }

  function unlock(): LockState {
    if (isLocked) locking = new AbortController()
    isLocked = false
    return state()
  }

  const state = (): LockState => ({
    hasPassphrase: stored.passphrase !== null,
    isLocked,
    idleMinutes: stored.idleMinutes,
  })

  return {
    isLocked: () => isLocked,
    locking: () => locking.signal,
    state,
    lock() {
      if (stored.passphrase === null) throw new ConflictError({ code: 'passphrase_not_set' })
      isLocked = true
      locking.abort()
      return state()
    },
    unlock: (passphrase) =>
      queue.run(async () => {
        if (isLocked) await checkPassphrase(stored, wrongAnswers, passphrase, 'passphrase')
        return unlock()
      }),
    setPassphrase: (current, next) =>
      queue.run(async () => {
        if (stored.passphrase !== null && current === undefined)
          throw new ConflictError({ code: 'passphrase_required', field: 'current' })
        if (current !== undefined) await checkPassphrase(stored, wrongAnswers, current, 'current')
        const passphrase = next === null ? null : await hashPassphrase(next)
        await save({ ...stored, passphrase }, passphraseEdit(stored.passphrase !== null, next !== null))
        return passphrase === null ? unlock() : state()
      }),
    setIdle: (minutes) =>
      queue.run(async () => {
        const before = { idleMinutes: stored.idleMinutes }
        await save({ ...stored, idleMinutes: minutes }, { before, after: { idleMinutes: minutes } })
        return state()
      }),
  }
}

/** Throws `ConflictError` about `field` unless the passphrase is right. Counts wrong ones. */
async function checkPassphrase(
  { passphrase: stored }: StoredLock,
  wrongAnswers: WrongAnswers,
  passphrase: string,
  field: 'passphrase' | 'current',
): Promise<void> {
  if (stored === null) return
  if (stored === 'unreadable') throw new ConflictError({ code: 'passphrase_unreadable', field })
  if (wrongAnswers.waitMs() > 0)
    throw new ConflictError({ code: 'passphrase_wait', params: { seconds: secondsOf(wrongAnswers.waitMs()) }, field })
  if (await wrongAnswers.check(() => matchesHash(passphrase, stored))) return
  const waitMs = wrongAnswers.waitMs()
  if (waitMs === 0) throw new ConflictError({ code: 'passphrase_wrong', field })
  throw new ConflictError({ code: 'passphrase_wrong_wait', params: { seconds: secondsOf(waitMs) }, field })
}

/** Removes a forgotten passphrase without asking for it: a caller with access to the data directory can read the store anyway. */
export async function forgetPassphrase(store: Store): Promise<void> {
  const { passphrase, idleMinutes } = await readLock(store.read.settings)
  if (passphrase === null) return
  await store.write(async (writes) => {
    await writeLock(writes, { passphrase: null, idleMinutes }, passphraseEdit(true, false))
    await resetWrongAnswers(writes.settings)
  })
}

async function writeLock(
  { settings, recordEdit }: StoreWrites,
  next: StoredLock,
  { before, after }: Edit,
): Promise<void> {
  await settings.set(settingKey, next)
  recordEdit({ settings: 'lock' }, before, after, ['passphrase'])
}

/** The values that the journal compares. */
interface Edit {
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

/** Describes that the passphrase changed, without the passphrase itself. */
function passphraseEdit(was: boolean, is: boolean): Edit {
  return { before: { passphrase: was ? 'the former' : null }, after: { passphrase: is ? 'the new' : null } }
}

async function readLock(settings: SettingReads): Promise<StoredLock> {
  const stored = await readSettingOrNull(settings, settingKey)
  if (stored === undefined) return { passphrase: null, idleMinutes: null }
  const { success, data } = storedLockSchema.safeParse(stored)
  return success ? data : { passphrase: 'unreadable', idleMinutes: null }
}

function secondsOf(ms: number): number {
  return Math.ceil(ms / 1000)
}
