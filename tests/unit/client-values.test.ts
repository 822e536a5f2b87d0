import { describe, expect, test } from 'vitest'
import { clientOf, clientValuesOf } from '../../renderer/features/clients/client-values.ts'
import type { Client } from '../../shared/contract/clients.ts'

const now = new Date('2026-03-01T12:00:00Z')
const since = '2026-01-01T00:00:00.000Z'

function clientWith(optedOutAt: string | null): Client {
  return {
    id: 1,
    phone: '79001234567',
    operatorCode: '900',
    tags: [],
    timeZone: 'Europe/Moscow',
    name: 'Anna',
    attributes: {},
    optedOutAt,
    createdAt: since,
    updatedAt: since,
  }
}

describe('what is written down of opting out', () => {
  test.each<[string, Client | null, boolean, string | null | undefined]>([
    ['a new client says nothing of it', null, false, undefined],
    ['a new client may have opted out', null, true, now.toISOString()],
    ['an untouched switch says nothing: a list may have changed it meanwhile', clientWith(null), false, undefined],
    ['an untouched switch keeps the moment', clientWith(since), true, undefined],
    ['the switch turned on opts out now', clientWith(null), true, now.toISOString()],
    ['the switch turned off opts in', clientWith(since), false, null],
  ])('%s', (_what, before, optedOut, expected) => {
    const written = clientOf({ ...clientValuesOf(before), phone: '79001234567', optedOut }, before, now)
    expect(written.optedOutAt).toBe(expected)
    expect('optedOutAt' in written).toBe(expected !== undefined)
  })
})
