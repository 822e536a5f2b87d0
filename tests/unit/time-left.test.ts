import { expect, test } from 'vitest'
import { estimateTimeLeft, roundRange } from '../../renderer/components/time-left.ts'

const minute = 60_000
const hour = 60 * minute
const still = { dueInMs: 0, endsInMs: 24 * hour }

test.each([
  ['an even speed has no range', { waiting: 6000, recentRates: [10, 10, 10] }, [600, 600]],
  ['an uneven speed widens the range', { waiting: 6000, recentRates: [8, 12] }, [500, 750]],
  [
    'a very uneven speed is not treated as a standstill',
    { waiting: 600, recentRates: [0, 0, 0, 40] },
    [Math.round(600 / (10 + Math.sqrt(300))), 180],
  ],
])('%s', (_, known, seconds) => {
  const left = estimateTimeLeft({ ...still, ...known })
  expect([left?.fromMs, left?.toMs].map((ms) => Math.round(Number(ms) / 1000))).toEqual(seconds)
  expect(left?.end).toBe('in-time')
})

test('there is no estimate while nothing moves, or when nothing is left', () => {
  expect(estimateTimeLeft({ ...still, waiting: 5, recentRates: [] })).toBeNull()
  expect(estimateTimeLeft({ ...still, waiting: 5, recentRates: [0, 0] })).toBeNull()
  expect(estimateTimeLeft({ ...still, waiting: 0, recentRates: [9] })).toBeNull()
})

test('messages that wait for hours or a retry are never finished before them', () => {
  expect(estimateTimeLeft({ ...still, dueInMs: 3 * hour, waiting: 5, recentRates: [0] })).toEqual({
    fromMs: 3 * hour,
    toMs: 3 * hour,
    end: 'in-time',
  })
  const moving = estimateTimeLeft({ ...still, dueInMs: 3 * hour, waiting: 600, recentRates: [10] })
  expect(moving).toEqual({ fromMs: 3 * hour, toMs: 3 * hour + minute, end: 'in-time' })
})

test.each([
  ['cuts', 5 * minute],
  ['may-cut', 9 * minute],
  ['in-time', 13 * minute],
] as const)('an end before the estimate is reported: %s', (end, endsInMs) => {
  const left = estimateTimeLeft({ waiting: 6000, recentRates: [8, 12], dueInMs: 0, endsInMs })
  expect(left?.end).toBe(end)
  expect(left?.toMs).toBeLessThanOrEqual(endsInMs)
})

test.each([
  [1000, 4000, { unit: 'seconds', from: 0, to: 5 }],
  [21_000, 38_000, { unit: 'seconds', from: 20, to: 40 }],
  [12.4 * minute, 14.2 * minute, { unit: 'minutes', from: 12, to: 15 }],
  [10 * minute, 10 * minute, { unit: 'minutes', from: 10, to: 10 }],
  [2.2 * hour, 3.1 * hour, { unit: 'hours', from: 2, to: 4 }],
  [30 * hour, 80 * hour, { unit: 'days', from: 1, to: 4 }],
])('from %d to %d ms is rounded outward to whole units', (fromMs, toMs, spoken) => {
  expect(roundRange({ fromMs, toMs })).toEqual(spoken)
})
