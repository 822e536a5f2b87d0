import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWriterPriority } from '#electron/sending/turn-loop.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Whether a promise has settled by now. */
function watch(promise: Promise<void>): { readonly isOver: boolean } {
  const state = { isOver: false }
  void promise.then(() => {
    state.isOver = true
  })
  return state
}

test('without writers there is no wait', async () => {
  const given = watch(createWriterPriority().yieldToWriters())
  await vi.advanceTimersByTimeAsync(0)
  expect(given.isOver).toBe(true)
})

test('it waits until all waiting writers have written', async () => {
  const priority = createWriterPriority()
  priority.writerWaits()
  priority.writerWaits()
  const given = watch(priority.yieldToWriters())
  priority.writerDone()
  await vi.advanceTimersByTimeAsync(50)
  expect(given.isOver).toBe(false)
  priority.writerDone()
  await vi.advanceTimersByTimeAsync(0)
  expect(given.isOver).toBe(true)
})

test('it waits no longer than a tenth of a second', async () => {
  const priority = createWriterPriority()
  priority.writerWaits()
  const given = watch(priority.yieldToWriters())
  await vi.advanceTimersByTimeAsync(99)
  expect(given.isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(given.isOver).toBe(true)
})

test('a writer without breaks gets every other turn and not more', async () => {
  const priority = createWriterPriority()
  priority.writerWaits()
  const first = watch(priority.yieldToWriters())
  priority.writerDone()
  priority.writerWaits()
  await vi.advanceTimersByTimeAsync(100)
  expect(first.isOver).toBe(true)

  const own = watch(priority.yieldToWriters())
  await vi.advanceTimersByTimeAsync(0)
  expect(own.isOver).toBe(true)

  const second = watch(priority.yieldToWriters())
  await vi.advanceTimersByTimeAsync(50)
  expect(second.isOver).toBe(false)
  priority.writerDone()
  await vi.advanceTimersByTimeAsync(0)
  expect(second.isOver).toBe(true)
})
