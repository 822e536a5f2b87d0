import { ORPCError } from '@orpc/client'
import { errors } from '#shared/contract/errors.ts'
import type { Lock } from '../lock/lock.ts'
import { isStream } from './failures.ts'
import { api } from './parts.ts'

/** What a locked program still answers: how it looks and speaks, what it is, and how to open it. */
const openCalls: ReadonlySet<string> = new Set([
  'lock.state',
  'lock.lock',
  'lock.unlock',
  'settings.get',
  'settings.about',
])

/**
 * A middleware for the whole router: while the program is locked every call ends in `LOCKED`, whichever door it comes through, and a
 * stream that was open ends so at that moment. A call that was let in before gets its answer: what it did has been done.
 */
export function refuseWhileLocked(lock: Pick<Lock, 'isLocked' | 'locking'>) {
  return api.middleware(async ({ next, path }) => {
    if (lock.isLocked() && !openCalls.has(path.join('.'))) throw lockedError()
    const result = await next()
    if (!isStream(result.output)) return result
    return { ...result, output: untilLocked(result.output, lock.locking()) }
  })
}

function lockedError(): ORPCError<'LOCKED', null> {
  const { status, message } = errors.LOCKED
  return new ORPCError('LOCKED', { status, message, data: null })
}

type Stream = AsyncIteratorObject<unknown, unknown, void>

/** The same stream, which fails with `LOCKED` at once when `locking` aborts, even while it waits for something to tell. */
function untilLocked(stream: Stream, locking: AbortSignal): Stream {
  let breakOff = (): void => undefined
  const onLock = (): void => {
    breakOff()
    // What the stream holds is let go of as soon as it comes to itself; it has nobody to tell of trouble with that.
    stream.return?.().catch(() => undefined)
  }
  const settle = (): void => locking.removeEventListener('abort', onLock)
  locking.addEventListener('abort', onLock, { once: true })
  // It may have locked while the stream came about.
  if (locking.aborted) onLock()

  const guarded: Stream = {
    next() {
      if (locking.aborted) return Promise.reject(lockedError())
      return new Promise((resolve, reject) => {
        breakOff = () => reject(lockedError())
        stream.next().then(
          (result) => {
            if (result.done === true) settle()
            if (locking.aborted) reject(lockedError())
            else resolve(result)
          },
          (error) => {
            settle()
            reject(locking.aborted ? lockedError() : error)
          },
        )
      })
    },
    async return(value) {
      settle()
      return (await stream.return?.(value)) ?? { done: true, value }
    },
    [Symbol.asyncIterator]: () => guarded,
    async [Symbol.asyncDispose]() {
      await guarded.return?.()
    },
  }
  return guarded
}
