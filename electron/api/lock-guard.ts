import { ORPCError } from '@orpc/client'
import { errors } from '#shared/contract/errors.ts'
import type { Lock } from '../lock/lock.ts'
import { mapStream } from './output-stream.ts'
import { api } from './parts.ts'

/** Calls that are allowed while the program is locked. */
const allowedCalls: ReadonlySet<string> = new Set([
  'lock.state',
  'lock.lock',
  'lock.unlock',
  'settings.get',
  'settings.about',
])

/**
 * Returns a middleware that rejects every call with `LOCKED` while the program is locked. Open streams fail with `LOCKED` when it
 * locks, and so do calls that fail because of it. Another call that started before the lock still gets its answer.
 */
export function refuseWhileLocked(lock: Pick<Lock, 'isLocked' | 'locking'>) {
  return api.middleware(async ({ next, path }) => {
    const isRefused = (): boolean => lock.isLocked() && !allowedCalls.has(path.join('.'))
    if (isRefused()) throw lockedError()
    try {
      const result = await next()
      return { ...result, output: mapStream(result.output, (stream) => untilLocked(stream, lock.locking())) }
    } catch (error) {
      throw isRefused() ? lockedError() : error
    }
  })
}

function lockedError(): ORPCError<'LOCKED', null> {
  const { status, message } = errors.LOCKED
  return new ORPCError('LOCKED', { status, message, data: null })
}

type Stream = AsyncIteratorObject<unknown, unknown, void>

/** Returns the stream, failing with `LOCKED` as soon as `locking` aborts, even while it waits for its next value. */
function untilLocked(stream: Stream, locking: AbortSignal): Stream {
  let rejectPending = (): void => undefined
  const onLock = (): void => {
    rejectPending()
    // Release the stream's resources. No caller waits for the result, so an error here is ignored.
    stream.return?.().catch(() => undefined)
  }
  const stopListening = (): void => locking.removeEventListener('abort', onLock)
  locking.addEventListener('abort', onLock, { once: true })
  // The program may have locked while the stream was created.
  if (locking.aborted) onLock()

  const guarded: Stream = {
    next() {
      if (locking.aborted) return Promise.reject(lockedError())
      return new Promise((resolve, reject) => {
        rejectPending = () => reject(lockedError())
        stream.next().then(
          (result) => {
            if (result.done === true) stopListening()
            if (locking.aborted) reject(lockedError())
            else resolve(result)
          },
          (error) => {
            stopListening()
            reject(locking.aborted ? lockedError() : error)
          },
        )
      })
    },
    async return(value) {
      stopListening()
      return (await stream.return?.(value)) ?? { done: true, value }
    },
    [Symbol.asyncIterator]: () => guarded,
    async [Symbol.asyncDispose]() {
      await guarded.return?.()
    },
  }
  return guarded
}
