import type { Lock } from '../lock/lock.ts'
import { api, type Parts } from './parts.ts'

/** The lock over the border. */
export function lockApi({ events }: Parts, lock: Lock) {
  const changed = (): void => events.publish({ type: 'changed', entity: 'lock' })
  return {
    state: api.lock.state.handler(() => lock.state()),
    // A console hears it by the end of its stream; this is for the program around the engine, which listens on.
    lock: api.lock.lock.handler(() => {
      const state = lock.lock()
      changed()
      return state
    }),
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
