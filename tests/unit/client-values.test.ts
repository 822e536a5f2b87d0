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
    language: '',
    name: 'Anna',
    attributes: {},
    optedOutAt,
    createdAt: since,
    updatedAt: since,
  }
}

describe('the opt-out of a saved client', () => {
  test.each<[string, Client | null, boolean, string | null | undefined]>([
    ['is missing for a new client', null, false, undefined],
    ['is set for a new client who opted out', null, true, now.toISOString()],
    ['is missing for an untouched switch: an imported list may have changed it', clientWith(null), false, undefined],
    ['keeps its time for an untouched switch', clientWith(since), true, undefined],
    ['is now for a switch turned on', clientWith(null), true, now.toISOString()],
    ['is null for a switch turned off', clientWith(since), false, null],
  ])('%s', (_what, before, optedOut, expected) => {
    const written = clientOf({ ...clientValuesOf(before), phone: '79001234567', optedOut }, before, now)
    expect(written.optedOutAt).toBe(expected)
    expect('optedOutAt' in written).toBe(expected !== undefined)
  })
})
