import { describe, expect, test } from 'vitest'
import { afterRequeue, barOf, type Resolution, secondChancesOf, settlingOf } from '#shared/domain/second-chances.ts'
import { type DeliveryStatus, deliveryStatuses } from '#shared/domain/states.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const all: readonly Resolution[] = ['sent', 'resend', 'failed']
const onlySaid: readonly Resolution[] = ['sent', 'failed']

describe('what bars sending again', () => {
  test.each([
    ['running', +1, null],
    ['paused', +1, null],
    ['completed', +1, null],
    ['cancelled', +1, 'cancelled'],
    ['running', 0, 'ended'],
    ['paused', -1, 'ended'],
    ['completed', 0, 'ended'],
    // It was cancelled first, and no later end would help.
    ['cancelled', -1, 'cancelled'],
  ] as const)('%s, its end %i ms from now: %s', (status, msLeft, bar) => {
    expect(barOf({ status, endsAt: noon + msLeft }, noon)).toBe(bar)
  })
})

describe('what an uncertain message can be settled as', () => {
  test.each([
    ['while the delivery goes on', { status: 'running', endsAt: noon + 1 }, false, all, null],
    ['after it was completed', { status: 'completed', endsAt: noon + 1 }, false, all, null],
    ['at its end', { status: 'completed', endsAt: noon }, false, onlySaid, 'ended'],
    ['after it was cancelled', { status: 'cancelled', endsAt: noon + 1 }, false, onlySaid, 'cancelled'],
    ['without its client', { status: 'running', endsAt: noon + 1 }, true, onlySaid, 'clientDeleted'],
    ['without its client, at the end', { status: 'running', endsAt: noon }, true, onlySaid, 'ended'],
  ] as const)('%s', (_name, delivery, clientIsDeleted, resolutions, bar) => {
    expect(settlingOf(delivery, noon, clientIsDeleted)).toEqual({ resolutions, bar })
  })
})

describe('what a delivery offers', () => {
  const goesOn = { status: 'completed', endsAt: noon + 1 } as const
  const ended = { status: 'completed', endsAt: noon } as const
  const cancelled = { status: 'cancelled', endsAt: noon + 1 } as const
  test.each([
    ['nothing went wrong', goesOn, { failed: 0, uncertain: 0 }, 0, 0, all],
    ['some failed', goesOn, { failed: 3, uncertain: 0 }, 3, 0, all],
    ['some are uncertain', goesOn, { failed: 0, uncertain: 2 }, 0, 2, all],
    ['both', goesOn, { failed: 3, uncertain: 2 }, 3, 2, all],
    ['both, and the end has come', ended, { failed: 3, uncertain: 2 }, 0, 2, onlySaid],
    ['both, and it was cancelled', cancelled, { failed: 3, uncertain: 2 }, 0, 2, onlySaid],
  ] as const)('%s', (_name, delivery, messages, retry, uncertain, resolutions) => {
    const chances = secondChancesOf({ ...delivery, messages }, noon)
    expect(chances).toMatchObject({ retry, uncertain, settling: { resolutions } })
  })
})

test('what becomes of the delivery itself', () => {
  const becomes: { readonly [status in DeliveryStatus]?: string } = { completed: 'runsAgain', paused: 'waits' }
  for (const status of deliveryStatuses) expect(afterRequeue(status)).toBe(becomes[status] ?? 'runsOn')
})
