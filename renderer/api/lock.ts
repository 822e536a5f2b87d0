import type { LockState } from '#shared/contract/lock.ts'
import { client } from './client.ts'
import { createSharedState } from './shared-state.ts'
import { msUntilIdle } from './user-presence.ts'

/** Kept outside the query cache, which holds what a lock must hide. Null until the engine has reported it. */
const lockState = createSharedState<LockState | null>(null)
/** The lock state while the engine does not answer: the console shows a lost connection and no data. */
const unheard: LockState = { hasPassphrase: false, isLocked: false, idleMinutes: null }
let asking: Promise<void> | undefined

/** Whether the program is locked and when it locks; null until it is known. */
export function useLock(): LockState | null {
  return lockState.useValue()
}

/** Whether a passphrase is set, so that the program can be locked. */
export function hasPassphrase(): boolean {
  return lockState.get()?.hasPassphrase === true
}

/** Stores the lock state that a call returned. */
export function setLock(state: LockState): void {
  lockState.set(state)
}

/** Reads the lock state. Calls at the same time share one request. */
export function refreshLock(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

/** Locks the program and all its windows. Throws what the call throws. */
export async function lockNow(): Promise<void> {
  setLock(await client.lock.lock())
}

async function ask(): Promise<void> {
  try {
    const state = await client.lock.state()
    // A window opened after the idle time has passed must not show anything before the lock.
    const isOverdue = lockState.get() === null && isIdleTooLong(state)
    lockState.set(isOverdue ? await client.lock.lock() : state)
  } catch {
    // Without a lock state the console shows the lost connection; a locked engine refuses every call anyway.
    if (lockState.get() === null) lockState.set(unheard)
  }
}

function isIdleTooLong({ hasPassphrase, isLocked, idleMinutes }: LockState): boolean {
  return hasPassphrase && !isLocked && idleMinutes !== null && msUntilIdle(idleMinutes) <= 0
}
