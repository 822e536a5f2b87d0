import { describe, expect, test } from 'vitest'
import type { Outcome } from '#electron/gateways/gateway.ts'
import { type Attempted, backOff, decide, type Verdict } from '#electron/sending/verdict.ts'
import { retryPolicy } from '#shared/domain/retry-policy.ts'
import { http } from '#tests/support/gateway-answer.ts'

const now = 1_000_000
const end = now + 3_600_000
const error = { code: 'server_error', detail: 'HTTP 503' } as const

const accepted: Outcome = { kind: 'accepted', answer: http(200) }
const rejected: Outcome = { kind: 'rejected', answer: http(400), error: { code: 'rejected', detail: 'HTTP 400' } }
const unauthorized: Outcome = { kind: 'unauthorized', answer: http(401), error: { code: 'unauthorized', detail: '' } }
const aborted = { kind: 'aborted', mayHaveLeft: true, error: { code: 'aborted', detail: '' } } satisfies Outcome
const neverLeft: Outcome = { ...aborted, mayHaveLeft: false }
const withheld: Outcome = { kind: 'withheld' }
const unavailable = (retryAfterMs: number | null = null): Outcome => ({
  kind: 'unavailable',
  answer: http(503),
  error,
  retryAfterMs,
})

const active = (attempts: number): Attempted => ({ attempts, endsAt: end, isActive: true, keepsAttempt: false })
const ended = (attempts: number): Attempted => ({ attempts, endsAt: now, isActive: true, keepsAttempt: false })
const cancelled = (attempts: number): Attempted => ({ attempts, endsAt: end, isActive: false, keepsAttempt: false })

/** With the random number that makes the back-off as long as it can be. */
const verdictOf = (outcome: Outcome, message: Attempted) => decide(outcome, message, retryPolicy, now, 1)

const whileActive: readonly [string, Outcome, number, Verdict][] = [
  ['accepted', accepted, 0, { status: 'sent', attempts: 1 }],
  ['accepted at the tenth attempt', accepted, 9, { status: 'sent', attempts: 10 }],
  ['rejected', rejected, 0, { status: 'failed', attempts: 1 }],
  ['rejected later', rejected, 4, { status: 'failed', attempts: 5 }],
  [
    'not authorized: it keeps its attempt',
    unauthorized,
    3,
    { status: 'queued', attempts: 3, nextAttemptAt: now, heldUntil: null },
  ],
  [
    'not authorized after nine',
    unauthorized,
    9,
    { status: 'queued', attempts: 9, nextAttemptAt: now, heldUntil: null },
  ],
  [
    'withheld: it keeps its attempt',
    withheld,
    9,
    { status: 'queued', attempts: 9, nextAttemptAt: now, heldUntil: null },
  ],
  [
    'aborted, and the end moved since',
    aborted,
    2,
    { status: 'queued', attempts: 3, nextAttemptAt: now, heldUntil: null },
  ],
  [
    'aborted before it left: it keeps its attempt',
    neverLeft,
    2,
    { status: 'queued', attempts: 2, nextAttemptAt: now, heldUntil: null },
  ],
  [
    'unavailable once',
    unavailable(),
    0,
    { status: 'queued', attempts: 1, nextAttemptAt: now + 2_000, heldUntil: null },
  ],
  [
    'unavailable twice',
    unavailable(),
    1,
    { status: 'queued', attempts: 2, nextAttemptAt: now + 4_000, heldUntil: null },
  ],
  [
    'unavailable eight times',
    unavailable(),
    7,
    { status: 'queued', attempts: 8, nextAttemptAt: now + 256_000, heldUntil: null },
  ],
  [
    'unavailable nine times',
    unavailable(),
    8,
    { status: 'queued', attempts: 9, nextAttemptAt: now + 300_000, heldUntil: null },
  ],
  ['unavailable ten times', unavailable(), 9, { status: 'failed', attempts: 10 }],
  [
    'asked to wait',
    unavailable(60_000),
    0,
    { status: 'queued', attempts: 1, nextAttemptAt: now + 60_000, heldUntil: now + 60_000 },
  ],
  ['asked to retry at once', unavailable(0), 5, { status: 'queued', attempts: 6, nextAttemptAt: now, heldUntil: now }],
  ['asked to wait, once too often', unavailable(60_000), 9, { status: 'failed', attempts: 10 }],
  [
    'asked to wait past the end',
    unavailable(9_000_000),
    0,
    { status: 'queued', attempts: 1, nextAttemptAt: end, heldUntil: now + 9_000_000 },
  ],
]

describe('what becomes of a message whose delivery is active', () => {
  test.each(whileActive)('%s', (_name, outcome, attempts, verdict) => {
    expect(verdictOf(outcome, active(attempts))).toEqual(verdict)
  })
})

describe('what becomes of a message whose delivery has ended meanwhile', () => {
  test.each([
    ['accepted', accepted, { status: 'sent', attempts: 4 }],
    ['rejected', rejected, { status: 'failed', attempts: 4 }],
    ['not authorized', unauthorized, { status: 'expired', attempts: 3 }],
    ['withheld', withheld, { status: 'expired', attempts: 3 }],
    ['aborted', aborted, { status: 'expired', attempts: 4 }],
    ['unavailable', unavailable(), { status: 'expired', attempts: 4 }],
  ])('%s', (_name, outcome, verdict) => {
    expect(verdictOf(outcome, ended(3))).toEqual(verdict)
  })
})

describe('what becomes of a message whose delivery was cancelled or deleted meanwhile', () => {
  test.each([
    ['accepted', accepted, 3, { status: 'sent', attempts: 4 }],
    ['rejected', rejected, 3, { status: 'failed', attempts: 4 }],
    ['not authorized', unauthorized, 3, { status: 'cancelled', attempts: 3 }],
    ['withheld', withheld, 3, { status: 'cancelled', attempts: 3 }],
    ['aborted', aborted, 3, { status: 'cancelled', attempts: 4 }],
    ['unavailable', unavailable(), 3, { status: 'cancelled', attempts: 4 }],
    ['unavailable ten times', unavailable(), 9, { status: 'cancelled', attempts: 10 }],
  ])('%s', (_name, outcome, attempts, verdict) => {
    expect(verdictOf(outcome, cancelled(attempts))).toEqual(verdict)
    expect(verdictOf(outcome, { ...cancelled(attempts), endsAt: now })).toEqual(verdict)
  })
})

describe('the back-off', () => {
  test.each([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [8, 256_000],
    [9, 300_000],
    [10, 300_000],
    [2_000, 300_000],
  ])('after attempt %i lies between nothing and %i ms, evenly', (attempt, longest) => {
    expect(backOff(attempt, retryPolicy, 0)).toBe(0)
    expect(backOff(attempt, retryPolicy, 0.25)).toBe(longest / 4)
    expect(backOff(attempt, retryPolicy, 0.5)).toBe(longest / 2)
    const late = backOff(attempt, retryPolicy, 1 - Number.EPSILON)
    expect(late).toBeLessThanOrEqual(longest)
    expect(Number.isInteger(backOff(attempt, retryPolicy, 1 / 3))).toBe(true)
  })

  test('costs nothing while the gateway is down: the message is due as soon as the channel is', () => {
    const message = { attempts: 9, endsAt: end, isActive: true, keepsAttempt: true }
    expect(decide(unavailable(), message, retryPolicy, now, 0.9)).toEqual({
      status: 'queued',
      attempts: 9,
      nextAttemptAt: now,
      heldUntil: null,
    })
  })

  test('never leads past the end: there the message expires with all the others', () => {
    const soon = { attempts: 8, endsAt: now + 10, isActive: true, keepsAttempt: false }
    expect(decide(unavailable(), soon, retryPolicy, now, 0.9)).toMatchObject({ nextAttemptAt: now + 10 })
  })
})
