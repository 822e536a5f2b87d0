import { describe, expect, test } from 'vitest'
import {
  afterRequeue,
  followUpOf,
  type Resolution,
  resolveOptionsOf,
  whyNotSendable,
} from '#shared/domain/retry-and-resolve.ts'
import { type DeliveryStatus, deliveryStatuses } from '#shared/domain/states.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const all: readonly Resolution[] = ['sent', 'resend', 'failed']
const onlySaid: readonly Resolution[] = ['sent', 'failed']

describe('what blocks sending again', () => {
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
  ] as const)('%s, its end %i ms from now: %s', (status, msLeft, blocker) => {
    expect(whyNotSendable({ status, endsAt: noon + msLeft }, noon)).toBe(blocker)
  })
})

describe('how an uncertain message can be resolved', () => {
  test.each([
    ['while the delivery runs', { status: 'running', endsAt: noon + 1 }, false, all, null],
    ['after it was completed', { status: 'completed', endsAt: noon + 1 }, false, all, null],
    ['at its end', { status: 'completed', endsAt: noon }, false, onlySaid, 'ended'],
    ['after it was cancelled', { status: 'cancelled', endsAt: noon + 1 }, false, onlySaid, 'cancelled'],
    ['without its client', { status: 'running', endsAt: noon + 1 }, true, onlySaid, 'clientDeleted'],
    ['without its client, at the end', { status: 'running', endsAt: noon }, true, onlySaid, 'ended'],
  ] as const)('%s', (_name, delivery, clientIsDeleted, resolutions, blocker) => {
    expect(resolveOptionsOf(delivery, noon, clientIsDeleted)).toEqual({ resolutions, blocker })
  })
})

describe('what a delivery offers', () => {
  const isOpen = { status: 'completed', endsAt: noon + 1 } as const
  const ended = { status: 'completed', endsAt: noon } as const
  const cancelled = { status: 'cancelled', endsAt: noon + 1 } as const
  test.each([
    ['nothing went wrong', isOpen, { failed: 0, uncertain: 0 }, 0, 0, all],
    ['some failed', isOpen, { failed: 3, uncertain: 0 }, 3, 0, all],
    ['some are uncertain', isOpen, { failed: 0, uncertain: 2 }, 0, 2, all],
    ['both', isOpen, { failed: 3, uncertain: 2 }, 3, 2, all],
    ['both, and the end has come', ended, { failed: 3, uncertain: 2 }, 0, 2, onlySaid],
    ['both, and it was cancelled', cancelled, { failed: 3, uncertain: 2 }, 0, 2, onlySaid],
  ] as const)('%s', (_name, delivery, messages, retry, uncertain, resolutions) => {
    const followUp = followUpOf({ ...delivery, messages }, noon)
    expect(followUp).toMatchObject({ retry, uncertain, resolveOptions: { resolutions } })
  })
})

test('what happens to the delivery itself', () => {
  const becomes: { readonly [status in DeliveryStatus]?: string } = { completed: 'runsAgain', paused: 'waits' }
  for (const status of deliveryStatuses) expect(afterRequeue(status)).toBe(becomes[status] ?? 'runsOn')
})
