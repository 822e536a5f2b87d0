import type { Lock } from '../lock/lock.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for the lock. */
export function lockApi({ events }: Parts, lock: Lock) {
  const publishChange = (): void => events.publish({ type: 'changed', entity: 'lock' })
  return {
    state: api.lock.state.handler(() => lock.state()),
    // Consoles notice when their stream fails. This event is for the host, whose stream stays open.
    lock: api.lock.lock.handler(() => {
      const state = lock.lock()
      publishChange()
      return state
    }),
    unlock: api.lock.unlock.handler(({ input }) => lock.unlock(input.passphrase)),
    setPassphrase: api.lock.setPassphrase.handler(async ({ input }) => {
      const state = await lock.setPassphrase(input.current, input.next)
      publishChange()
      return state
    }),
    setIdle: api.lock.setIdle.handler(async ({ input }) => {
      const state = await lock.setIdle(input.minutes)
      publishChange()
      return state
    }),
  }
}
