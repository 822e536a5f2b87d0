import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteSeen, restOfIdleness } from '../../renderer/api/last-seen.ts'

const minuteMs = 60_000

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.useFakeTimers({ now: Date.parse('2026-11-30T10:00:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('where nobody was ever seen, all of the idle time is left', () => {
  expect(restOfIdleness(5)).toBe(5 * minuteMs)
})

test('it runs out while nobody is seen, and begins anew with whoever is', () => {
  noteSeen()
  vi.setSystemTime(Date.now() + 3 * minuteMs)
  expect(restOfIdleness(5)).toBe(2 * minuteMs)
  vi.setSystemTime(Date.now() + 2 * minuteMs)
  expect(restOfIdleness(5)).toBe(0)
  noteSeen()
  expect(restOfIdleness(5)).toBe(5 * minuteMs)
})

test('a clock that was set back keeps nobody in for longer', () => {
  noteSeen()
  vi.setSystemTime(Date.now() - 60 * minuteMs)
  expect(restOfIdleness(5)).toBe(5 * minuteMs)
})
