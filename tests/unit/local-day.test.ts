import { expect, test } from 'vitest'
import { daysUpTo, localDay } from '#shared/domain/local-day.ts'

test.each([
  ['2026-11-25T20:59:59.999Z', 'Europe/Moscow', '2026-11-25'],
  ['2026-11-25T21:00:00.000Z', 'Europe/Moscow', '2026-11-26'],
  ['2026-11-25T18:14:59.999Z', 'Asia/Kathmandu', '2026-11-25'],
  ['2026-11-25T18:15:00.000Z', 'Asia/Kathmandu', '2026-11-26'],
  ['2026-11-26T04:59:59.999Z', 'America/New_York', '2026-11-25'],
  // The day on which the clocks go back has 25 hours.
  ['2026-10-25T23:59:59.999Z', 'Europe/London', '2026-10-25'],
  ['2026-10-24T23:00:00.000Z', 'Europe/London', '2026-10-25'],
  ['2027-01-01T00:00:00.000Z', 'UTC', '2027-01-01'],
])('%s in %s is %s', (at, zone, day) => {
  expect(localDay(Date.parse(at), zone)).toBe(day)
})

test('days in a row are those of the calendar, over the end of a month and of a year', () => {
  expect(daysUpTo('2027-01-01', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
  expect(daysUpTo('2028-03-01', 2)).toEqual(['2028-02-29', '2028-03-01'])
})
