import { describe, expect, it } from 'vitest'
import { bucketWidth, fillGaps } from '#electron/store/statistics/timeline.ts'

const second = 1000
const hour = 3600 * second

describe('the width of a point', () => {
  it.each([
    [0, second],
    [299 * second, second],
    [300 * second, 2 * second],
    [599 * second, 2 * second],
    [hour, 15 * second],
    [24 * hour, 300 * second],
    [30 * 24 * hour, 3 * hour],
    [299 * 24 * hour, 24 * hour],
    [300 * 24 * hour, 48 * hour],
    [3000 * 24 * hour, 11 * 24 * hour],
  ])('for a span of %i ms is %i ms', (span, width) => {
    expect(bucketWidth(0, span)).toBe(width)
  })

  it('counts the points that a span touches, not its length', () => {
    expect(bucketWidth(second, 300 * second)).toBe(second)
    expect(bucketWidth(599 * second, 899 * second)).toBe(2 * second)
  })
})

describe('gaps', () => {
  it('become zeros', () => {
    const points = [
      { at: 10, sent: 1, failed: 2 },
      { at: 40, sent: 3, failed: 4 },
    ]
    expect(fillGaps(points, 10)).toEqual([
      { at: 10, sent: 1, failed: 2 },
      { at: 20, sent: 0, failed: 0 },
      { at: 30, sent: 0, failed: 0 },
      { at: 40, sent: 3, failed: 4 },
    ])
    expect(fillGaps([], 10)).toEqual([])
  })
})
