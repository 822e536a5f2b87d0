import { describe, expect, test } from 'vitest'
import {
  formatPhone,
  maskPhone,
  normalizePhone,
  operatorCodeOf,
  type PhoneProblem,
  phoneErrors,
  phoneOfCell,
} from '#shared/domain/phone.ts'
import { errorText } from '#shared/errors/app-error.ts'

describe('a phone in any usual spelling is brought to 7XXXXXXXXXX', () => {
  test.each([
    ['as it is stored', '79001234567', '79001234567'],
    ['international', '+79001234567', '79001234567'],
    ['international with brackets and dashes', '+7 (900) 123-45-67', '79001234567'],
    ['domestic', '89001234567', '79001234567'],
    ['domestic with spaces', '8 900 123 45 67', '79001234567'],
    ['a mobile number without its prefix', '900 123-45-67', '79001234567'],
    ['with dots', '7.900.123.45.67', '79001234567'],
    ['with no-break spaces, as tables paste them', '+7\u00a0900\u00a0123\u00a045\u00a067', '79001234567'],
    ['with typographic dashes', '8 900 123\u201345\u201467', '79001234567'],
    ['with non-breaking hyphens', '8 900 123\u201145\u201167', '79001234567'],
    ['with blanks around it', '  79001234567\t\r\n', '79001234567'],
    ['a plus inside brackets', '(+7) 900 1234567', '79001234567'],
    ['a landline', '+7 495 123-45-67', '74951234567'],
    ['a Kazakhstan number', '+7 701 123 45 67', '77011234567'],
  ])('%s', (_name, input, phone) => {
    expect(normalizePhone(input)).toEqual({ ok: true, phone })
  })

  test('the stored form stays as it is', () => {
    const first = normalizePhone('8 (900) 123-45-67')
    expect(first.ok && normalizePhone(first.phone)).toEqual(first)
  })
})

describe('what cannot be a phone is refused with the reason', () => {
  const cases: readonly [name: string, input: string, problem: PhoneProblem][] = [
    ['nothing', '', 'empty'],
    ['blanks only', ' \t ', 'empty'],
    ['punctuation only', '(-)', 'empty'],
    ['letters', '7900123456x', 'characters'],
    ['a plus in the middle', '7900+1234567', 'characters'],
    ['two pluses', '++79001234567', 'characters'],
    ['a plus alone', '+', 'characters'],
    ['digits of another script', '٧٩٠٠١٢٣٤٥٦٧', 'characters'],
    ['an extension', '79001234567,12', 'characters'],
    ['two phones', '79001234567;79001234568', 'characters'],
    ['ten digits', '7900123456', 'length'],
    ['twelve digits', '790012345678', 'length'],
    ['ten digits of a landline, whose country is not known', '4951234567', 'length'],
    ['ten digits behind a plus', '+9001234567', 'length'],
    ['another country', '+14155550123', 'country'],
    ['eleven digits that begin with 9', '99001234567', 'country'],
    ['the domestic 8 behind a plus', '+89001234567', 'country'],
  ]
  test.each(cases)('%s', (_name, input, problem) => {
    expect(normalizePhone(input)).toEqual({ ok: false, problem })
  })

  test.each(['empty', 'characters', 'length', 'country', 'rounded'] as const)('%s has a text', (problem) => {
    expect(errorText({ code: phoneErrors[problem] })).toMatch(/^the (phone|spreadsheet) .{10,}/)
  })
})

describe('the cell of a table', () => {
  test.each([
    ['a phone as people write it', '8 (916) 123-45-67', '79161234567'],
    ['a number with a decimal point', '79161234567.0', '79161234567'],
    ['a number with a decimal comma', '89161234567,00', '79161234567'],
    ['a number in powers of ten', '7.9161234567E10', '79161234567'],
    ['the same with a comma and signs', '7,9161234567E+10', '79161234567'],
    ['one that ends in a nought', '7.9161234560E+10', '79161234560'],
  ])('%s is read whole', (_name, cell, phone) => {
    expect(phoneOfCell(cell)).toEqual({ ok: true, phone })
  })

  test.each([
    ['a number that was rounded', '7,91612E+10', 'rounded'],
    ['a number that may have been', '7.916123400E+10', 'rounded'],
    ['a number with a fraction', '7.91612345678E10', 'characters'],
    ['a number of another length', '7.916123456E11', 'length'],
    ['words', 'unknown', 'characters'],
  ])('%s is refused', (_name, cell, problem) => {
    expect(phoneOfCell(cell)).toEqual({ ok: false, problem })
  })
})

test('the operator code is digits 2 to 4', () => {
  expect(operatorCodeOf('79161234567')).toBe('916')
})

test('the screen shows a phone in groups', () => {
  expect(formatPhone('79001234567')).toBe('+7 900 123-45-67')
})

test('a log keeps the operator code and the last two digits', () => {
  expect(maskPhone('79001234567')).toBe('7900*****67')
})
