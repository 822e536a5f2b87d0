import { expect, test } from 'vitest'
import { createTokenBucket } from '#electron/sending/rate-limits.ts'

test.each([
  { rate: 1, seconds: 30 },
  { rate: 7, seconds: 10 },
  { rate: 1000, seconds: 3 },
])('$rate per second lets through that many and not more', ({ rate, seconds }) => {
  const bucket = createTokenBucket(rate, 0)
  let sent = 0
  for (let now = 0; now <= seconds * 1000; now += 5) {
    const count = bucket.available(now)
    bucket.take(count)
    sent += count
  }
  // A rounding of the last moment may still be owed; never is there one too many.
  expect(sent).toBeGreaterThanOrEqual(rate * seconds - 1)
  expect(sent).toBeLessThanOrEqual(rate * seconds)
})

test('unused tokens are saved for up to a quarter of a second', () => {
  const bucket = createTokenBucket(100, 0)
  expect(bucket.available(60_000)).toBe(25)
})

test('an empty bucket returns when the next batch may go', () => {
  const bucket = createTokenBucket(2, 0)
  expect(bucket.waitMs(0)).toBe(500)
  expect(bucket.available(499)).toBe(0)
  expect(bucket.available(500)).toBe(1)
})

test('a clock that is set back adds no tokens', () => {
  const bucket = createTokenBucket(10, 1000)
  expect(bucket.available(0)).toBe(0)
  expect(bucket.available(1100)).toBe(1)
})

test('restarts, however frequent, never exceed the rate', () => {
  let sent = 0
  for (let life = 0; life < 100; life += 1) {
    const bucket = createTokenBucket(5, life * 100)
    for (let now = life * 100; now < (life + 1) * 100; now += 5) {
      const count = bucket.available(now)
      bucket.take(count)
      sent += count
    }
  }
  expect(sent).toBeLessThanOrEqual(50)
})

test('another rate applies at once, and limits what was saved', () => {
  const bucket = createTokenBucket(1000, 0)
  expect(bucket.available(10_000)).toBe(250)
  bucket.change(4, 10_000)
  expect(bucket.available(10_000)).toBe(1)
  bucket.take(1)
  expect(bucket.waitMs(10_000)).toBe(250)
  bucket.change(1000, 10_000)
  expect(bucket.available(10_100)).toBe(100)
})
