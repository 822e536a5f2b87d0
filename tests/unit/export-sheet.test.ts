import { describe, expect, test } from 'vitest'
import { columnLetters } from '#electron/exports/sheet-xml.ts'
import { assertFitsSheet } from '#electron/exports/xlsx-bytes.ts'
import { zoneOffsets } from '#shared/domain/zone-offset.ts'

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %i of a sheet is called %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters)
})

describe('a table beyond the limits of a sheet is rejected with a reason', () => {
  const column = { key: 'phone', kind: 'text' } as const

  test('one line too many', () => {
    expect(() => assertFitsSheet({ columns: [column], total: 1_048_575 })).not.toThrow()
    expect(() => assertFitsSheet({ columns: [column], total: 1_048_576 })).toThrow(
      'holds 1048575 lines below its header, and these are 1048576: export as CSV',
    )
  })

  test('one column too many', () => {
    const columns = Array.from({ length: 16_385 }, () => column)
    expect(() => assertFitsSheet({ columns: columns.slice(1), total: 1 })).not.toThrow()
    expect(() => assertFitsSheet({ columns, total: 1 })).toThrow('holds 16384 columns')
  })
})

test.each([
  ['UTC', '2026-01-01T00:00:00Z', 0],
  ['Europe/Moscow', '2026-01-01T00:00:00Z', 180],
  ['America/St_Johns', '2026-01-01T00:00:00Z', -210],
  // The clocks of Berlin go forward at 01:00 UTC.
  ['Europe/Berlin', '2026-03-29T00:59:59.999Z', 60],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 120],
])('the clocks of %s are at %s ahead of UTC by %i minutes', (timeZone, at, minutes) => {
  expect(zoneOffsets(timeZone)(Date.parse(at)) / 60_000).toBe(minutes)
})
