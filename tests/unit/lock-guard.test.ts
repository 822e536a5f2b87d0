import { createRouterClient } from '@orpc/server'
import { expect, test } from 'vitest'
import { refuseWhileLocked } from '#electron/api/lock-guard.ts'
import { api } from '#electron/api/parts.ts'

const locked = { code: 'LOCKED', status: 423 }

/** A stream that tells of one thing and then of nothing more, behind a guard; `lock` closes it. */
function guarded() {
  const locking = new AbortController()
  const guard = refuseWhileLocked({ isLocked: () => locking.signal.aborted, locking: () => locking.signal })
  const { promise: silence, resolve: speak } = Promise.withResolvers<void>()
  const { promise: whenSilent, resolve: fallSilent } = Promise.withResolvers<void>()
  const ends: string[] = []
  const client = createRouterClient({
    progress: api.use(guard).progress.router({
      live: api.progress.live.handler(async function* () {
        try {
          yield { type: 'changed', entity: 'clients' } as const
          fallSilent()
          await silence
          yield { type: 'changed', entity: 'deliveries' } as const
          ends.push('went on')
        } finally {
          ends.push('let go')
        }
      }),
    }),
  })
  return { client, ends, speak, whenSilent, lock: () => locking.abort() }
}

test('a stream that waits without a word is broken off when it locks, and lets go of what it holds with its next word', async () => {
  const { client, ends, speak, whenSilent, lock } = guarded()
  const events = await client.progress.live()
  expect((await events.next()).value).toEqual({ type: 'changed', entity: 'clients' })
  const next = events.next()
  next.catch(() => undefined)
  await whenSilent
  lock()
  await expect(next).rejects.toMatchObject(locked)
  expect(ends).toEqual([])
  speak()
  // It comes to itself once more, and hears there that nobody listens.
  await expect.poll(() => ends).toEqual(['let go'])
})

test('a stream that nobody reads at that moment tells nothing more', async () => {
  const { client, ends, lock } = guarded()
  const events = await client.progress.live()
  await events.next()
  lock()
  await expect(events.next()).rejects.toMatchObject(locked)
  await expect(client.progress.live()).rejects.toMatchObject(locked)
  expect(ends).toEqual(['let go'])
})

test('a stream that its reader leaves is let go of, whether it ever locks or not', async () => {
  const { client, ends, speak, lock } = guarded()
  const events = await client.progress.live()
  await events.next()
  await events.return?.()
  expect(ends).toEqual(['let go'])
  lock()
  speak()
  expect(ends).toEqual(['let go'])
})
