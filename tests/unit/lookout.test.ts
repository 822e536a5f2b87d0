import { describe, expect, test } from 'vitest'
import { createLookout } from '#electron/sending/lookout.ts'

function lookoutAt(start: number) {
  let now = start
  const backBy: number[] = []
  const lookout = createLookout({ now: () => now }, (byMs) => backBy.push(byMs))
  lookout.readClock()
  const set = (moment: number): void => {
    now = moment
  }
  return { lookout, backBy, set }
}

describe('the lookout', () => {
  test('looks at once, and then at the moment that was found', () => {
    const { lookout } = lookoutAt(10_000)
    expect(lookout.begin(10_000).looksAround).toBe(true)
    lookout.end(20_000)
    expect(lookout.dueAt).toBe(20_000)
    expect(lookout.begin(19_999).looksAround).toBe(false)
    lookout.end(undefined)
    expect(lookout.begin(20_000).looksAround).toBe(true)
  })

  test('has nothing to look for once nothing was found', () => {
    const { lookout } = lookoutAt(10_000)
    lookout.begin(10_000)
    lookout.end(null)
    expect(lookout.dueAt).toBeNull()
    expect(lookout.begin(1e15).looksAround).toBe(false)
  })

  test.each([20_000, null])('looks again when it was woken during a look that found %s', (found) => {
    const { lookout } = lookoutAt(10_000)
    lookout.begin(10_000)
    lookout.wake()
    lookout.end(found)
    expect(lookout.begin(10_000).looksAround).toBe(true)
  })

  test('still looks at the next moment when it was woken during a turn that did not look around', () => {
    const { lookout } = lookoutAt(10_000)
    lookout.begin(10_000)
    lookout.end(20_000)
    lookout.begin(15_000)
    lookout.wake()
    lookout.end(undefined)
    expect(lookout.dueAt).toBe(0)
  })

  test('notices that the clock was set back, also during a look, and tells it once', () => {
    const { lookout, backBy, set } = lookoutAt(10_000)
    lookout.begin(10_000)
    set(5_000)
    lookout.readClock()
    lookout.end(20_000)
    expect(backBy).toEqual([5_000])
    expect(lookout.clockWentBack).toBe(true)
    expect(lookout.begin(5_000)).toEqual({ looksAround: true, clockWentBack: true })
    lookout.end(20_000)
    expect(lookout.begin(5_001)).toEqual({ looksAround: false, clockWentBack: false })
  })

  test('takes a second for a correction', () => {
    const { lookout, backBy, set } = lookoutAt(10_000)
    set(9_000)
    lookout.readClock()
    expect(backBy).toEqual([])
  })

  test('keeps what a failed look was for', () => {
    const { lookout, set } = lookoutAt(10_000)
    set(5_000)
    lookout.readClock()
    lookout.fail(lookout.begin(5_000))
    expect(lookout.begin(5_000)).toEqual({ looksAround: true, clockWentBack: true })
  })

  test('measures the first reading against what was there before the program', () => {
    const { lookout, backBy } = lookoutAt(10_000)
    lookout.remember(3_600_000)
    lookout.readClock()
    expect(backBy).toEqual([3_590_000])
  })
})
