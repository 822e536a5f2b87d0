import type { LockState } from '#shared/contract/lock.ts'
import { client } from './client.ts'
import { createSharedState } from './shared-state.ts'
import { msUntilIdle } from './user-presence.ts'

/** Beside the query cache, which holds what a lock must hide. Null until the engine has told. */
const lockState = createSharedState<LockState | null>(null)
/** What stands for an engine that cannot be heard: it shows nothing by itself, and the console says that it is gone. */
const unheard: LockState = { hasPassphrase: false, isLocked: false, idleMinutes: null }
let asking: Promise<void> | undefined

/** Whether the program is locked, and when it will be; null until it has told. */
export function useLock(): LockState | null {
  return lockState.useValue()
}

/** Whether there is a passphrase, and with it a lock to close. */
export function hasPassphrase(): boolean {
  return lockState.get()?.hasPassphrase === true
}

/** Takes over what a call has told of the lock. */
export function setLock(state: LockState): void {
  lockState.set(state)
}

/** Asks for the lock's state. However many ask at once, the engine is asked once. */
export function refreshLock(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

/** Locks the program, and with it every window onto it. Throws as the call does. */
export async function lockNow(): Promise<void> {
  setLock(await client.lock.lock())
}

async function ask(): Promise<void> {
  try {
    const state = await client.lock.state()
    // A window that is opened when nobody has been there for too long shows nothing first.
    const isOverdue = lockState.get() === null && isIdleTooLong(state)
    lockState.set(isOverdue ? await client.lock.lock() : state)
  } catch {
    // Whatever is wrong with the engine, what it refuses it refuses without us.
    if (lockState.get() === null) lockState.set(unheard)
  }
}

function isIdleTooLong({ hasPassphrase, isLocked, idleMinutes }: LockState): boolean {
  return hasPassphrase && !isLocked && idleMinutes !== null && msUntilIdle(idleMinutes) <= 0
}
