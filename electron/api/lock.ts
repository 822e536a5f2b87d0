import type { Lock } from '../lock/lock.ts'
import { api, type Parts } from './parts.ts'

/** The lock over the border. */
export function lockApi({ events }: Parts, lock: Lock) {
  const changed = (): void => events.publish({ type: 'changed', entity: 'lock' })
  return {
    state: api.lock.state.handler(() => lock.state()),
    // Whoever listens hears that it locks by the end of their stream.
    lock: api.lock.lock.handler(() => lock.lock()),
    unlock: api.lock.unlock.handler(({ input }) => lock.unlock(input.passphrase)),
    setPassphrase: api.lock.setPassphrase.handler(async ({ input }) => {
      const state = await lock.setPassphrase(input.current, input.next)
      changed()
      return state
    }),
    setIdle: api.lock.setIdle.handler(async ({ input }) => {
      const state = await lock.setIdle(input.minutes)
      changed()
      return state
    }),
  }
}
