import { describe, expect, test } from 'vitest'
import { daysOf, instantsOf } from '#shared/domain/period.ts'

test('a period is its days, both ends included, across a month and a leap day', () => {
  expect(daysOf({ since: '2028-02-28', until: '2028-03-01' })).toEqual(['2028-02-28', '2028-02-29', '2028-03-01'])
  expect(daysOf({ since: '2026-11-25', until: '2026-11-25' })).toEqual(['2026-11-25'])
})

describe('a period begins and ends where its days do', () => {
  test.each([
    ['UTC', '2026-11-25', '2026-11-25T00:00:00.000Z', '2026-11-26T00:00:00.000Z'],
    ['Asia/Kamchatka', '2026-11-25', '2026-11-24T12:00:00.000Z', '2026-11-25T12:00:00.000Z'],
    ['Pacific/Honolulu', '2026-11-25', '2026-11-25T10:00:00.000Z', '2026-11-26T10:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-25', '2026-11-24T18:15:00.000Z', '2026-11-25T18:15:00.000Z'],
    // Clocks go forward from 00:00 to 01:00 that day: its first moment is 01:00.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ])('in %s on %s', (timeZone, day, from, to) => {
    const instants = instantsOf({ since: day, until: day }, timeZone)
    expect([instants.from, instants.to].map((at) => new Date(at).toISOString())).toEqual([from, to])
  })
})
