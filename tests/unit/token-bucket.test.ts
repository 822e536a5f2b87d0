import { expect, test } from 'vitest'
import { createTokenBucket } from '#electron/sending/token-bucket.ts'

test.each([
  { rate: 1, seconds: 30 },
  { rate: 7, seconds: 10 },
  { rate: 1000, seconds: 3 },
])('$rate per second lets through that many and no more', ({ rate, seconds }) => {
  const bucket = createTokenBucket(rate, 0)
  let sent = 0
  for (let now = 0; now <= seconds * 1000; now += 5) {
    const count = bucket.available(now)
    bucket.take(count)
    sent += count
  }
  expect(sent).toBeGreaterThanOrEqual(rate * seconds)
  expect(sent).toBeLessThanOrEqual(rate * seconds + 1)
})

test('what was not used is saved up for a quarter of a second at most', () => {
  const bucket = createTokenBucket(100, 0)
  expect(bucket.available(60_000)).toBe(25)
})

test('a bucket that is empty says when the next handful may go', () => {
  const bucket = createTokenBucket(2, 0)
  bucket.take(1)
  expect(bucket.waitMs(0)).toBe(500)
  expect(bucket.available(499)).toBe(0)
  expect(bucket.available(500)).toBe(1)
})

test('a clock that moves back gives nothing', () => {
  const bucket = createTokenBucket(10, 1000)
  bucket.take(1)
  expect(bucket.available(0)).toBe(0)
})
