import { describe, expect, test } from 'vitest'
import { type ColumnTarget, guessColumns } from '#shared/domain/import-columns.ts'

describe('a header names a known field', () => {
  const cases: readonly [field: ColumnTarget, titles: readonly string[]][] = [
    ['phone', ['phone', 'Phone', 'PHONE NUMBER', 'phone_number', 'msisdn', 'Телефон', 'Номер телефона', '\ufeffphone']],
    ['name', ['name', 'Full name', 'Имя', 'ФИО']],
    ['tags', ['tag', 'tags', 'Labels', 'Теги', 'метка']],
    ['operatorCode', ['code', 'operatorCode', 'operator_code', 'mobile_operator_code', 'Код оператора']],
    ['timeZone', ['timezone', 'timeZone', 'time-zone', 'Time zone', 'tz', 'Часовой пояс']],
    ['language', ['language', 'Lang', 'Язык']],
  ]
  for (const [field, titles] of cases) {
    test.each(titles)(`${field}: %j`, (title) => {
      expect(guessColumns([title])).toEqual([{ kind: 'field', field }])
    })
  }
})

test('any other title is an attribute by its name', () => {
  expect(guessColumns(['phone', ' Город ', 'debt, RUB'])).toEqual([
    { kind: 'field', field: 'phone' },
    { kind: 'attribute', name: 'Город' },
    { kind: 'attribute', name: 'debt, RUB' },
  ])
})

test('a field is taken once, by the first column that names it; the second is an attribute', () => {
  expect(guessColumns(['tel', 'phone'])).toEqual([
    { kind: 'field', field: 'phone' },
    { kind: 'attribute', name: 'phone' },
  ])
})

test('a column without a title is ignored', () => {
  expect(guessColumns(['', ' ', 'phone'])).toEqual([
    { kind: 'ignored' },
    { kind: 'ignored' },
    { kind: 'field', field: 'phone' },
  ])
})

test('a header without columns has no meanings', () => {
  expect(guessColumns([])).toEqual([])
})
