import { describe, expect, test } from 'vitest'
import { noMessages } from '#shared/domain/states.ts'
import {
  type AttentionSources,
  type DeliveryResult,
  findAttention,
} from '../../renderer/features/dashboard/attention.ts'

const now = Date.parse('2026-11-25T10:00:00Z')
const hour = 3_600_000

function result(
  fields: Partial<Omit<DeliveryResult, 'messages'>>,
  counts: Partial<DeliveryResult['messages']['byStatus']>,
): DeliveryResult {
  const byStatus = { ...noMessages(), ...counts }
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0)
  const times = { startsAt: new Date(now - hour).toISOString(), endsAt: new Date(now + hour).toISOString() }
  return { id: 1, name: 'Bills', status: 'running', ...times, ...fields, messages: { total, byStatus } }
}

const of = (circumstances: Partial<AttentionSources>) =>
  findAttention({ channel: null, token: 'none', results: [], now, ...circumstances })

describe('what needs attention', () => {
  test('is nothing while everything works', () => {
    const channel = { status: 'open', reason: null, since: null, nextProbeAt: null } as const
    expect(of({ channel, results: [result({}, { queued: 5, sent: 9, expired: 2, cancelled: 1 })] })).toEqual([])
  })

  test('lists the channel before single deliveries, and uncertain messages before failed ones', () => {
    const channel = { status: 'stopped', reason: 'HTTP 401', since: null, nextProbeAt: null } as const
    const results = [
      result({ id: 3, name: 'Sale' }, { failed: 2, uncertain: 1 }),
      result({ id: 2, name: 'News', status: 'paused' }, { queued: 7, failed: 1 }),
    ]
    expect(of({ channel, token: 'expires-soon', results })).toEqual([
      { kind: 'channel', status: 'stopped' },
      { kind: 'token', warning: 'expires-soon' },
      { kind: 'uncertain', id: 3, name: 'Sale', count: 1 },
      { kind: 'paused', id: 2, name: 'News', count: 7 },
      { kind: 'failed', id: 3, name: 'Sale', count: 2 },
      { kind: 'failed', id: 2, name: 'News', count: 1 },
    ])
  })

  test('includes failures for one day after the end, and uncertain messages until they are resolved', () => {
    const ended = (hoursAgo: number) => ({ endsAt: new Date(now - hoursAgo * hour).toISOString() })
    const counts = { failed: 3, uncertain: 2 }
    expect(of({ results: [result({ ...ended(23), status: 'completed' }, counts)] })).toHaveLength(2)
    expect(of({ results: [result({ ...ended(25), status: 'completed' }, counts)] })).toEqual([
      { kind: 'uncertain', id: 1, name: 'Bills', count: 2 },
    ])
  })
})
