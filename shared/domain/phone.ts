import * as z from 'zod'
import type { AppErrorCode } from '../errors/app-error.ts'
import { failsWith } from '../errors/issue.ts'

/** Why a text is not a phone number. */
export type PhoneProblem = 'empty' | 'characters' | 'length' | 'country' | 'rounded'

export type PhoneResult =
  | { readonly ok: true; readonly phone: string }
  | { readonly ok: false; readonly problem: PhoneProblem }

/** A mantissa with fewer digits was rounded by a spreadsheet, which keeps six. Trailing zeros are not part of it. */
const minDigits = 10

const spellings = /[\s ()\-.‐-―]/g

/**
 * Normalises a phone (`+7 (900) 123-45-67`, `8 900 …`, `900 123 45 67`) to the stored form `7XXXXXXXXXX`.
 * Ten digits are a mobile number without its prefix only if they begin with 9.
 */
export function normalizePhone(input: string): PhoneResult {
  const compact = input.replace(spellings, '')
  if (compact === '') return { ok: false, problem: 'empty' }
  if (!/^\+?\d+$/.test(compact)) return { ok: false, problem: 'characters' }
  const international = compact.startsWith('+')
  const digits = international ? compact.slice(1) : compact
  if (digits.length === 10 && !international && digits.startsWith('9')) return { ok: true, phone: `7${digits}` }
  if (digits.length !== 11) return { ok: false, problem: 'length' }
  if (digits.startsWith('7')) return { ok: true, phone: digits }
  if (digits.startsWith('8') && !international) return { ok: true, phone: `7${digits.slice(1)}` }
  return { ok: false, problem: 'country' }
}

/**
 * Normalises a phone in a cell of a table, which a spreadsheet may have converted to a number. `79161234567.0` and `7,9161234567E+10`
 * are complete; `7,91612E+10` has lost its last digits.
 */
export function phoneOfCell(cell: string): PhoneResult {
  const whole = /^(\+?\d{10,11})[.,]0+$/.exec(cell)?.[1]
  if (whole !== undefined) return normalizePhone(whole)
  const [, first = '', rest = '', exponent] = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(cell) ?? []
  if (exponent === undefined) return normalizePhone(cell)
  const digits = first + rest.replace(/0+$/, '')
  if (digits.length < minDigits) return { ok: false, problem: 'rounded' }
  return digits.length > Number(exponent) + 1
    ? { ok: false, problem: 'characters' }
    : normalizePhone(digits.padEnd(Number(exponent) + 1, '0'))
}

/** The code of each problem. */
export const phoneErrors = {
  empty: 'phone_empty',
  characters: 'phone_characters',
  length: 'phone_length',
  country: 'phone_country',
  rounded: 'phone_rounded',
} as const satisfies { readonly [problem in PhoneProblem]: AppErrorCode }

/** Returns the operator code of a normalised phone: its digits 2 to 4. */
export function operatorCodeOf(phone: string): string {
  return phone.slice(1, 4)
}

/** `79001234567` → `+7 900 123-45-67`, for the screen. */
export function formatPhone(phone: string): string {
  return `+${phone[0]} ${phone.slice(1, 4)} ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`
}

/** `79001234567` → `7900*****67`, for logs. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 4)}*****${phone.slice(-2)}`
}

/** A phone in any usual spelling, normalised to `7XXXXXXXXXX`. Accepts numbers too, like the reference system. */
export const phoneSchema = z
  .union([z.string(), z.number().int().positive(failsWith('phone_format'))], failsWith('phone_format'))
  .transform((value, context) => {
    const result = normalizePhone(String(value))
    if (result.ok) return result.phone
    context.addIssue({ code: 'custom', message: phoneErrors[result.problem] })
    return z.NEVER
  })
