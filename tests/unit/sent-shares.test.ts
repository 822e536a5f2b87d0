import { expect, test } from 'vitest'
import type { ComparedDelivery } from '../../renderer/features/statistics/compared-delivery.ts'
import { formatElapsed, sentShareRows } from '../../renderer/features/statistics/sent-shares.ts'

function delivery(sentShares: ComparedDelivery['sentShares']): ComparedDelivery {
  const byStatus = { queued: 0, sending: 0, sent: 0, failed: 0, expired: 0, cancelled: 0, uncertain: 0 }
  return {
    id: 1,
    name: '',
    messages: { total: 0, byStatus },
    durationMs: 0,
    perSecond: 0,
    failedAttempts: 0,
    sentShares,
  }
}

test('each row has the last share of every delivery at that moment', () => {
  const quick = delivery([
    { afterMs: 0, share: 0 },
    { afterMs: 1000, share: 0.5 },
    { afterMs: 3000, share: 1 },
  ])
  const late = delivery([
    { afterMs: 0, share: 0 },
    { afterMs: 2000, share: 0.25 },
  ])
  expect(sentShareRows([quick, late])).toEqual([
    { afterMs: 0, shares: [0, 0] },
    { afterMs: 1000, shares: [0.5, 0] },
    { afterMs: 2000, shares: [0.5, 0.25] },
    { afterMs: 3000, shares: [1, 0.25] },
  ])
  expect(sentShareRows([])).toEqual([])
})

test.each([
  [0, '00:00'],
  [61_000, '01:01'],
  [3_725_000, '1:02:05'],
])('%i ms are formatted as %s', (ms, words) => expect(formatElapsed(ms)).toBe(words))
