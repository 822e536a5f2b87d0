import { describe, expect, test } from 'vitest'
import { isInside, type LocalWindow, localMinute, opensAt } from '#shared/domain/sending-window.ts'

const day: LocalWindow = { from: '09:00', to: '21:00' }
const night: LocalWindow = { from: '22:00', to: '06:00' }
const at = (instant: string) => Date.parse(instant)
const opening = (window: LocalWindow, zone: string, instant: string) =>
  new Date(opensAt(window, zone, at(instant))).toISOString()

describe('the clock of a zone', () => {
  test.each([
    ['Europe/Moscow', '2026-11-23T10:00:00Z', 13 * 60],
    ['Asia/Kathmandu', '2026-11-23T00:00:00Z', 5 * 60 + 45],
    ['America/St_Johns', '2026-01-01T00:00:00Z', 20 * 60 + 30],
    ['Europe/Berlin', '2026-07-01T12:00:00Z', 14 * 60],
    ['Europe/Berlin', '2026-12-01T12:00:00Z', 13 * 60],
    ['UTC', '2026-01-01T00:00:59.999Z', 0],
    ['UTC', '2026-01-01T23:59:59.999Z', 1439],
  ])('%s at %s', (zone, instant, minute) => {
    expect(localMinute(zone, at(instant))).toBe(minute)
  })
})

describe('whether the local time is inside', () => {
  test.each([
    ['before the window opens', day, '2026-11-23T05:59:59.999Z', false],
    ['at the moment it opens', day, '2026-11-23T06:00:00Z', true],
    ['at the last moment', day, '2026-11-23T17:59:59.999Z', true],
    ['at the moment it closes', day, '2026-11-23T18:00:00Z', false],
    ['before midnight', night, '2026-11-23T20:59:59Z', true],
    ['after midnight', night, '2026-11-23T21:00:01Z', true],
    ['at the end of the night', night, '2026-11-23T03:00:00Z', false],
    ['at noon', night, '2026-11-23T09:00:00Z', false],
  ])('%s, in Moscow', (_name, window, instant, inside) => {
    expect(isInside(window, 'Europe/Moscow', at(instant))).toBe(inside)
  })
})

describe('when the window opens', () => {
  test.each([
    ['inside it, at once', day, 'Europe/Moscow', '2026-11-23T10:00:00.123Z', '2026-11-23T10:00:00.123Z'],
    ['in the early morning, today', day, 'Europe/Moscow', '2026-11-23T01:00:30Z', '2026-11-23T06:00:00.000Z'],
    ['in the evening, tomorrow', day, 'Europe/Moscow', '2026-11-23T18:00:00Z', '2026-11-24T06:00:00.000Z'],
    ['at noon, for the night', night, 'Europe/Moscow', '2026-11-23T09:00:00Z', '2026-11-23T19:00:00.000Z'],
    ['in a zone at three quarters', day, 'Asia/Kathmandu', '2026-11-23T00:00:00Z', '2026-11-23T03:15:00.000Z'],
    ['over a change of offset in between', day, 'Europe/Berlin', '2026-03-28T20:00:00Z', '2026-03-29T07:00:00.000Z'],
    [
      'clocks go forward over its beginning: at the jump',
      { from: '02:30', to: '04:00' },
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'clocks go forward over all of it: a day later',
      { from: '02:10', to: '02:50' },
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-30T00:10:00.000Z',
    ],
    [
      'clocks go forward by half an hour',
      { from: '02:05', to: '02:25' },
      'Australia/Lord_Howe',
      '2026-10-03T15:00:00Z',
      '2026-10-04T15:05:00.000Z',
    ],
    [
      'clocks go back: at the first pass',
      { from: '02:30', to: '02:45' },
      'Europe/Berlin',
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'after the first pass: at the second',
      { from: '02:30', to: '02:45' },
      'Europe/Berlin',
      '2026-10-25T00:50:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
  ])('%s', (_name, window, zone, instant, opens) => {
    expect(opening(window, zone, instant)).toBe(opens)
  })
})

describe('the opening is the first instant inside, found by looking at every minute', () => {
  const windows: readonly LocalWindow[] = [day, night, { from: '02:00', to: '02:01' }, { from: '23:59', to: '00:01' }]
  // A day and more around every kind of change: forward, back, by half an hour, none.
  test.each([
    ['Europe/Berlin', '2026-03-28T12:00:00Z'],
    ['Europe/Berlin', '2026-10-24T12:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T03:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T03:00:00Z'],
    ['America/St_Johns', '2026-03-07T16:00:00Z'],
    ['Asia/Vladivostok', '2026-06-01T00:00:00Z'],
  ])('%s from %s', (zone, instant) => {
    const start = at(instant)
    const minutes = Array.from({ length: 3 * 24 * 60 }, (_, index) => start + index * 60_000)
    for (const window of windows) {
      const inside = minutes.map((minute) => isInside(window, zone, minute))
      for (let index = 0; index < 24 * 60; index += 97) {
        const expected = minutes[inside.indexOf(true, index)]
        expect(opensAt(window, zone, start + index * 60_000)).toBe(expected)
      }
    }
  })
})
