import { describe, expect, test } from 'vitest'
import { createPhoneReader } from '#electron/clients/do-not-contact/read-phones.ts'

/** Reads lines of cells; returns the phones and the refused values. */
function read(...lines: string[][]) {
  const reader = createPhoneReader()
  const readings = lines.flatMap((cells, index) => reader({ line: index + 1, cells, broken: false }))
  return {
    phones: readings.flatMap((reading) => (reading.kind === 'phone' ? [reading.phone] : [])),
    refused: readings.flatMap((reading) =>
      reading.kind === 'refused' ? [[reading.refusal.line, reading.refusal.value]] : [],
    ),
  }
}

const [a, b, c] = ['79001234567', '79001234568', '79001234569']

describe('phones are found', () => {
  test.each<[string, string[][], string[]]>([
    ['one to a line', [['+7 (900) 123-45-67'], ['8 900 123-45-68']], [a, b]],
    ['many to a line', [[a, ` ${b}`, '', c]], [a, b, c]],
    ['apart by other signs than the file has', [[`${a}; ${b}`, `${c}|`]], [a, b, c]],
    ['below a title', [['Телефон'], [a], [b, c]], [a, b, c]],
    [
      'in the column that is named',
      [
        ['name', 'phone', 'manager'],
        ['Anna', a, b],
      ],
      [a],
    ],
    [
      'in the column of the first one',
      [
        ['Anna', a],
        ['Boris', b],
      ],
      [a, b],
    ],
    [
      'in any column if no title names one',
      [
        ['Anna', a],
        ['Boris', b, c],
      ],
      [a, b, c],
    ],
    ['after lines that hold none', [['the list'], [a]], [a]],
  ])('%s', (_where, lines, phones) => {
    expect(read(...lines).phones).toEqual(phones)
  })
})

describe('what cannot be read is refused, with its line', () => {
  test.each<[string, string[][], [number, string][]]>([
    ['a phone that is too short', [[a], ['7900123456']], [[2, '7900123456']]],
    ['one of many', [[a, '7900123456', b]], [[1, '7900123456']]],
    [
      'one beside other things',
      [
        ['Anna', a],
        ['Boris', b, '7 900 123-45-6', '2026-11-23'],
      ],
      [[2, '7 900 123-45-6']],
    ],
    ['a line before the first phone', [['the list'], [a]], [[1, 'the list']]],
    [
      'an empty cell in the column of phones',
      [
        ['phone', 'name'],
        ['', 'Anna'],
      ],
      [[2, '']],
    ],
  ])('%s', (_what, lines, refused) => {
    expect(read(...lines).refused).toEqual(refused)
  })

  test('cut to a length that can be shown', () => {
    expect(read(['x'.repeat(1_000)]).refused).toEqual([[1, `${'x'.repeat(199)}…`]])
  })
})

test('lines that hold nothing are passed over', () => {
  expect(read([''], ['', ' '], [a])).toEqual({ phones: [a], refused: [] })
})
