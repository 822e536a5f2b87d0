import { describe, expect, test } from 'vitest'
import { createProgressMeter } from '#electron/sending/progress.ts'

describe('the progress meter', () => {
  test('returns nothing while nothing changes', () => {
    const meter = createProgressMeter()
    expect(meter.isMoving).toBe(false)
    expect(meter.take(0)).toEqual([])
  })

  test('returns the results of the last two seconds as a rate', () => {
    const meter = createProgressMeter()
    const paces = [0, 250, 500, 750].map((at) => {
      meter.add(7, 100)
      return meter.take(at)
    })
    expect(paces.flat()).toEqual([50, 100, 150, 200].map((perSecond) => ({ deliveryId: 7, perSecond })))
  })

  test('forgets older results', () => {
    const meter = createProgressMeter()
    meter.add(7, 1_000)
    expect(meter.take(0)).toEqual([{ deliveryId: 7, perSecond: 500 }])
    meter.add(7, 10)
    expect(meter.take(1_999)).toEqual([{ deliveryId: 7, perSecond: 505 }])
    expect(meter.take(2_000)).toEqual([{ deliveryId: 7, perSecond: 5 }])
  })

  test('reports the end of a delivery once', () => {
    const meter = createProgressMeter()
    meter.add(7, 4)
    meter.take(0)
    expect(meter.isMoving).toBe(true)
    expect(meter.take(5_000)).toEqual([{ deliveryId: 7, perSecond: 0 }])
    expect(meter.isMoving).toBe(false)
    expect(meter.take(5_250)).toEqual([])
  })

  test('reports a change without a result, with a rate of zero', () => {
    const meter = createProgressMeter()
    meter.add(7, 0)
    expect(meter.isMoving).toBe(true)
    expect(meter.take(0)).toEqual([{ deliveryId: 7, perSecond: 0 }])
    expect(meter.isMoving).toBe(false)
  })

  test('separates deliveries, and adds up results between two calls', () => {
    const meter = createProgressMeter()
    meter.add(1, 10)
    meter.add(2, 1)
    meter.add(1, 10)
    expect(meter.take(0)).toEqual([
      { deliveryId: 1, perSecond: 10 },
      { deliveryId: 2, perSecond: 1 },
    ])
  })
})
