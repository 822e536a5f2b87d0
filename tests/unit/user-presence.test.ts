import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { msUntilIdle, recordPresence } from '../../renderer/api/user-presence.ts'

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

test('without recorded activity the full idle time is left', () => {
  expect(msUntilIdle(5)).toBe(5 * minuteMs)
})

test('it runs out without activity and restarts with each activity', () => {
  recordPresence()
  vi.setSystemTime(Date.now() + 3 * minuteMs)
  expect(msUntilIdle(5)).toBe(2 * minuteMs)
  vi.setSystemTime(Date.now() + 2 * minuteMs)
  expect(msUntilIdle(5)).toBe(0)
  recordPresence()
  expect(msUntilIdle(5)).toBe(5 * minuteMs)
})

test('a clock set back does not extend it', () => {
  recordPresence()
  vi.setSystemTime(Date.now() - 60 * minuteMs)
  expect(msUntilIdle(5)).toBe(5 * minuteMs)
})
