import { describe, expect, test } from 'vitest'
import { createWakeSchedule } from '#electron/sending/wake-schedule.ts'

function scheduleAt(start: number) {
  let now = start
  const backBy: number[] = []
  const schedule = createWakeSchedule({ now: () => now }, (byMs) => backBy.push(byMs))
  schedule.readClock()
  const set = (moment: number): void => {
    now = moment
  }
  return { schedule, backBy, set }
}

describe('the wake schedule', () => {
  test('checks at once, and then at the moment that was found', () => {
    const { schedule } = scheduleAt(10_000)
    expect(schedule.start(10_000).checkDeliveries).toBe(true)
    schedule.finish(20_000)
    expect(schedule.dueAt).toBe(20_000)
    expect(schedule.start(19_999).checkDeliveries).toBe(false)
    schedule.finish(undefined)
    expect(schedule.start(20_000).checkDeliveries).toBe(true)
  })

  test('has no check due when nothing was found', () => {
    const { schedule } = scheduleAt(10_000)
    schedule.start(10_000)
    schedule.finish(null)
    expect(schedule.dueAt).toBeNull()
    expect(schedule.start(1e15).checkDeliveries).toBe(false)
  })

  test.each([20_000, null])('checks again when it was woken during a check that found %s', (found) => {
    const { schedule } = scheduleAt(10_000)
    schedule.start(10_000)
    schedule.wake()
    schedule.finish(found)
    expect(schedule.start(10_000).checkDeliveries).toBe(true)
  })

  test('still checks at the next moment when it was woken during a turn without a check', () => {
    const { schedule } = scheduleAt(10_000)
    schedule.start(10_000)
    schedule.finish(20_000)
    schedule.start(15_000)
    schedule.wake()
    schedule.finish(undefined)
    expect(schedule.dueAt).toBe(0)
  })

  test('notices once that the clock was set back, also during a check', () => {
    const { schedule, backBy, set } = scheduleAt(10_000)
    schedule.start(10_000)
    set(5_000)
    schedule.readClock()
    schedule.finish(20_000)
    expect(backBy).toEqual([5_000])
    expect(schedule.clockWentBack).toBe(true)
    expect(schedule.start(5_000)).toEqual({ checkDeliveries: true, clockBackMs: 5_000 })
    schedule.finish(20_000)
    expect(schedule.start(5_001)).toEqual({ checkDeliveries: false, clockBackMs: 0 })
  })

  test('ignores a correction of one second', () => {
    const { schedule, backBy, set } = scheduleAt(10_000)
    set(9_000)
    schedule.readClock()
    expect(backBy).toEqual([])
  })

  test('repeats a failed check', () => {
    const { schedule, set } = scheduleAt(10_000)
    set(5_000)
    schedule.readClock()
    schedule.fail(schedule.start(5_000))
    expect(schedule.start(5_000)).toEqual({ checkDeliveries: true, clockBackMs: 5_000 })
  })

  test('compares the first reading with the latest moment in the store', () => {
    const { schedule, backBy } = scheduleAt(10_000)
    schedule.remember(3_600_000)
    schedule.readClock()
    expect(backBy).toEqual([3_590_000])
  })
})
