import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRightOfWay } from '#electron/sending/right-of-way.ts'

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

test('with nobody writing there is no wait', async () => {
  const given = watch(createRightOfWay().give())
  await vi.advanceTimersByTimeAsync(0)
  expect(given.isOver).toBe(true)
})

test('it waits until everybody who asked has written', async () => {
  const way = createRightOfWay()
  way.ask()
  way.ask()
  const given = watch(way.give())
  way.done()
  await vi.advanceTimersByTimeAsync(50)
  expect(given.isOver).toBe(false)
  way.done()
  await vi.advanceTimersByTimeAsync(0)
  expect(given.isOver).toBe(true)
})

test('it waits for a tenth of a second at most', async () => {
  const way = createRightOfWay()
  way.ask()
  const given = watch(way.give())
  await vi.advanceTimersByTimeAsync(99)
  expect(given.isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(given.isOver).toBe(true)
})

test('whoever writes without a break gets every other turn and no more', async () => {
  const way = createRightOfWay()
  way.ask()
  const first = watch(way.give())
  way.done()
  way.ask()
  await vi.advanceTimersByTimeAsync(100)
  expect(first.isOver).toBe(true)

  const own = watch(way.give())
  await vi.advanceTimersByTimeAsync(0)
  expect(own.isOver).toBe(true)

  const second = watch(way.give())
  await vi.advanceTimersByTimeAsync(50)
  expect(second.isOver).toBe(false)
  way.done()
  await vi.advanceTimersByTimeAsync(0)
  expect(second.isOver).toBe(true)
})
