import { describe, expect, test } from 'vitest'
import { clientQuerySchema } from '#shared/contract/client-query.ts'
import { clientInputSchema, clientPatchSchema } from '#shared/contract/clients.ts'
import { deliveryInputSchema, deliveryPatchSchema } from '#shared/contract/deliveries.ts'
import { gatewayPatchSchema } from '#shared/contract/gateway.ts'
import { clockTimeSchema, idSchema, instantSchema, restPageSchema } from '#shared/contract/values.ts'
import { timeZoneSchema } from '#shared/domain/time-zone.ts'
import { issuesWith } from '#tests/support/issues.ts'

const phone = '79001234567'

describe('an instant', () => {
  test.each([
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.123Z', '2026-11-23T10:00:00.123Z'],
    ['2026-11-23T13:00:00+03:00', '2026-11-23T10:00:00.000Z'],
    ['2026-01-01T01:30:00+05:30', '2025-12-31T20:00:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%s is given out in UTC', (input, output) => {
    expect(instantSchema.parse(input)).toBe(output)
  })

  test.each([
    '',
    'now',
    '2026-11-23',
    '2026-11-23T10:00:00',
    '2026-11-23 10:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '1790000000',
  ])('%j is refused in words', (input) => {
    expect(issuesWith(instantSchema, input)).toEqual([
      expect.stringMatching(/must be an ISO 8601 instant with its offset/),
    ])
  })

  test.each(['1999-12-31T23:59:59Z', '9999-12-31T23:00:00Z', '0001-01-01T00:00:00Z', '9998-12-31T23:30:00-01:00'])(
    '%s, which no delivery can use, is rejected with a reason',
    (input) => {
      expect(issuesWith(instantSchema, input)).toEqual([': must be in the years 2000 to 9998'])
    },
  )

  test('a number is refused', () => {
    expect(instantSchema.safeParse(1_790_000_000).success).toBe(false)
  })
})

describe('a row id', () => {
  test.each([
    [7, 7],
    ['7', 7],
  ])('%j is taken', (input, id) => {
    expect(idSchema.parse(input)).toBe(id)
  })

  test.each([0, -1, 1.5, '', 'abc', '1.5', null, undefined, '99999999999999999999'])('%j is refused', (input) => {
    expect(idSchema.safeParse(input).success).toBe(false)
  })
})

describe('a phone', () => {
  test.each([
    ['in its stored form', phone],
    ['in a usual spelling', '8 (900) 123-45-67'],
    ['as a number, as the reference system took it', 79_001_234_567],
    ['as a number without its prefix', 9_001_234_567],
  ])('%s is taken', (_name, input) => {
    expect(clientInputSchema.parse({ phone: input }).phone).toBe(phone)
  })

  test.each([
    ['too short', '12345', 'phone: the phone number must have 11 digits and start with 7'],
    ['empty', '', 'phone: the phone number is empty: enter 11 digits that start with 7'],
    ['a short number', 12_345, 'phone: the phone number must have 11 digits and start with 7'],
    ['a negative number', -79_001_234_567, 'phone: must be a phone number'],
    ['a fraction', 7.5, 'phone: must be a phone number'],
    ['no phone at all', undefined, 'phone: must be a phone number'],
    ['null', null, 'phone: must be a phone number'],
    ['a list', [phone], 'phone: must be a phone number'],
  ])('%s is refused', (_name, input, issue) => {
    expect(issuesWith(clientInputSchema, { phone: input })).toEqual([issue])
  })
})

describe('a client', () => {
  test('is complete with a phone alone', () => {
    expect(clientInputSchema.parse({ phone })).toEqual({
      phone,
      language: '',
      tags: [],
      name: '',
      attributes: {},
      optedOutAt: null,
    })
  })

  test('a patch omits the fields that it does not change', () => {
    expect(clientPatchSchema.parse({ name: ' Анна ' })).toEqual({ name: 'Анна' })
  })

  test('an operator code may come as a number', () => {
    expect(clientInputSchema.parse({ phone, operatorCode: 901 }).operatorCode).toBe('901')
  })

  test('a time zone gets its proper spelling', () => {
    expect(clientInputSchema.parse({ phone, timeZone: ' europe/moscow' }).timeZone).toBe('Europe/Moscow')
  })

  test.each([
    ['a tag of blanks', { tags: ['vip', ' '] }, ['tags.1: a tag must not be empty']],
    ['a code of two digits', { operatorCode: 90 }, ['operatorCode: must have three digits']],
    ['an offset for a zone', { timeZone: '+03:00' }, ['timeZone: must be an IANA time zone, such as Europe/Moscow']],
    ['a field that does not exist', { mobile: '1' }, ['mobile: is not a known field']],
    [
      'an attribute that is no text',
      { attributes: { debt: 5 } },
      [expect.stringMatching(/^attributes\.debt: must be text/)],
    ],
    [
      'several errors at once, each with its path',
      { phone: '1', tags: [''], optedOutAt: 'yesterday' },
      [
        expect.stringMatching(/^phone: /),
        expect.stringMatching(/^tags\.0: /),
        expect.stringMatching(/^optedOutAt: must be an ISO 8601 instant/),
      ],
    ],
  ])('%s is refused where it stands', (_name, input, issues) => {
    expect(issuesWith(clientInputSchema, { phone, ...input })).toEqual(issues)
  })

  test.each([
    ['true', true],
    ['0', false],
    [true, true],
  ])('a list may ask for those who opted out: %j', (optedOut, meaning) => {
    expect(clientQuerySchema.parse({ optedOut })).toEqual({ optedOut: meaning })
  })
})

describe('a delivery', () => {
  test('is complete with a text alone', () => {
    expect(deliveryInputSchema.parse({ text: 'Hi' })).toEqual({
      text: 'Hi',
      filter: { match: 'all', operatorCodes: [], tags: [], timeZones: [], languages: [], excludeTags: [] },
      window: null,
      ratePerSecond: null,
      draft: false,
    })
  })

  test('a patch omits the fields that it does not change', () => {
    expect(deliveryPatchSchema.parse({})).toEqual({})
  })

  test('a text keeps the blanks around it', () => {
    expect(deliveryInputSchema.parse({ text: ' Hi\n' }).text).toBe(' Hi\n')
  })

  test('a window may cross midnight', () => {
    const window = { from: '22:00', to: '06:00' }
    expect(deliveryInputSchema.parse({ text: 'Hi', window }).window).toEqual(window)
  })

  test.each([
    ['no text', { text: '' }, ['text: must not be empty']],
    ['a text of blanks', { text: ' \n\t' }, ['text: must not be empty']],
    ['a name of blanks', { name: ' ' }, ['name: must not be empty']],
    [
      'a start without offset',
      { startsAt: '2026-11-23T10:00' },
      [expect.stringMatching(/^startsAt: must be an ISO 8601/)],
    ],
    [
      'an hour that no day has',
      { window: { from: '24:00', to: '06:00' } },
      ['window.from: must be a time of day such as 09:30'],
    ],
    [
      'an empty window',
      { window: { from: '09:00', to: '09:00' } },
      ['window.to: the window must not be empty: from and to are the same'],
    ],
    ['a standstill', { ratePerSecond: 0 }, ['ratePerSecond: must be at least 1']],
    [
      'a wrong code deep in the filter',
      { filter: { operatorCodes: ['9'] } },
      ['filter.operatorCodes.0: must have three digits'],
    ],
    ['a status, which is not the caller’s to set', { status: 'completed' }, ['status: is not a known field']],
  ])('%s is refused where it stands', (_name, input, issues) => {
    expect(issuesWith(deliveryInputSchema, { text: 'Hi', ...input })).toEqual(issues)
  })
})

describe('a time of day', () => {
  test.each([
    ['00:00', true],
    ['09:30', true],
    ['23:59', true],
    ['24:00', false],
    ['9:30', false],
    ['12:60', false],
    ['12:30:00', false],
    ['', false],
  ])('%j: %s', (input, taken) => {
    expect(clockTimeSchema.safeParse(input).success).toBe(taken)
  })
})

test('a time zone must be one that the platform knows', () => {
  expect(timeZoneSchema.parse('Asia/Omsk')).toBe('Asia/Omsk')
  expect(issuesWith(timeZoneSchema, 'Omsk')).toEqual([': must be an IANA time zone, such as Europe/Moscow'])
})

describe('the page of a REST list', () => {
  test.each([
    ['nothing said', {}, { limit: 50, offset: 0 }],
    ['text from a query', { limit: '1000', offset: '20' }, { limit: 1000, offset: 20 }],
  ])('%s', (_name, input, page) => {
    expect(restPageSchema.parse(input)).toEqual(page)
  })

  test.each([
    [{ limit: '0' }, 'limit: must be at least 1'],
    [{ limit: '1001' }, 'limit: must be at most 1000'],
    [{ limit: '1.5' }, 'limit: must be a whole number'],
    [{ offset: '-1' }, 'offset: must be at least 0'],
  ])('%j is refused', (input, issue) => {
    expect(issuesWith(restPageSchema, input)).toEqual([issue])
  })
})

describe('the gateway’s settings', () => {
  test.each([
    [{ url: 'https://probe.fbrq.cloud/v1/send' }, []],
    [{ url: 'probe.fbrq.cloud' }, ['url: must be an address that starts with http:// or https://']],
    [{ url: 'file:///etc/passwd' }, ['url: must be an address that starts with http:// or https://']],
    [{ url: 'http://' }, ['url: must be an address that starts with http:// or https://']],
    [{ token: 'a-token of any kind/+=~' }, []],
    [{ token: 'ключ' }, ['token: contains characters that are not allowed in a header: copy it again']],
    [{ token: 'one\ntwo' }, ['token: contains characters that are not allowed in a header: copy it again']],
    [{ concurrency: 0 }, ['concurrency: must be at least 1']],
    [{ timeoutMs: 99 }, ['timeoutMs: must be at least 100 ms']],
  ])('%j', (input, issues) => {
    expect(issuesWith(gatewayPatchSchema, input)).toEqual(issues)
  })
})
