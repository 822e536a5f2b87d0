import { describe, expect, test } from 'vitest'
import type { Outcome } from '#electron/gateways/gateway.ts'
import { breakerPolicy, createChannel } from '#electron/sending/channel.ts'
import type { Channel } from '#shared/contract/gateway.ts'
import { http } from '#tests/support/gateway-answer.ts'

const unreachable: Outcome = {
  kind: 'unavailable',
  answer: null,
  error: { code: 'connection', detail: 'ECONNREFUSED' },
  retryAfterMs: null,
}
const tooSlow: Outcome = { ...unreachable, error: { code: 'timeout', detail: 'no full answer in time' } }
const busy: Outcome = {
  kind: 'unavailable',
  answer: http(503),
  error: { code: 'server_error', detail: 'HTTP 503' },
  retryAfterMs: null,
}
const accepted: Outcome = { kind: 'accepted', answer: http(200) }
const refusedToken: Outcome = {
  kind: 'unauthorized',
  answer: http(401),
  error: { code: 'unauthorized', detail: 'HTTP 401' },
}

function channelAtZero() {
  let elapsed = 0
  const told: Channel[] = []
  const channel = createChannel({
    policy: breakerPolicy,
    clock: { now: () => elapsed },
    monotonic: () => elapsed,
    onChange: (next) => told.push(next),
  })
  return {
    channel,
    told,
    pass: (ms: number) => {
      elapsed += ms
    },
    hear: (outcome: Outcome, times = 1) => {
      for (let time = 0; time < times; time += 1) channel.observe(outcome)
    },
  }
}

describe('an outage', () => {
  test.each([
    ['refused connections', unreachable],
    ['time-outs', tooSlow],
  ])('opens the circuit after 20 %s in a row, not before', (_, outcome) => {
    const { channel, hear } = channelAtZero()
    hear(outcome, 19)
    expect(channel.allow(32, 0)).toBe(32)
    hear(outcome)
    expect(channel.isDown).toBe(true)
    expect(channel.allow(32, 0)).toBe(0)
  })

  test('is not caused by a gateway that answers with errors', () => {
    const { channel, hear } = channelAtZero()
    hear(unreachable, 19)
    hear(busy)
    hear(unreachable, 19)
    expect(channel.isDown).toBe(false)
  })

  test('lets one probe out at a time, after 5 s, doubling to 2 min', () => {
    const { channel, hear, pass } = channelAtZero()
    hear(unreachable, 20)
    for (const pause of [5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000]) {
      expect(channel.waitMs()).toBe(pause)
      pass(pause - 1)
      expect(channel.allow(32, 0)).toBe(0)
      pass(1)
      expect(channel.allow(32, 1)).toBe(0)
      expect(channel.allow(32, 0)).toBe(1)
      hear(unreachable)
    }
  })

  test('has no longer pause after requests from before it', () => {
    const { channel, hear } = channelAtZero()
    hear(unreachable, 51)
    expect(channel.waitMs()).toBe(5_000)
  })

  test('ends with the first answer, and all messages may go again', () => {
    const { channel, hear, pass, told } = channelAtZero()
    hear(unreachable, 20)
    pass(5_000)
    channel.allow(32, 0)
    hear(accepted)
    expect(channel.isDown).toBe(false)
    expect(channel.allow(32, 0)).toBe(32)
    expect(told.map(({ status }) => status)).toEqual(['down', 'open'])
  })

  test('is reported with its reason, its start and the next probe', () => {
    const { hear, pass, told, channel } = channelAtZero()
    pass(1_000)
    hear(unreachable, 20)
    pass(5_000)
    channel.allow(1, 0)
    hear(unreachable)
    expect(told).toEqual([
      { status: 'down', reason: 'ECONNREFUSED', since: at(1_000), nextProbeAt: at(6_000) },
      { status: 'down', reason: 'ECONNREFUSED', since: at(1_000), nextProbeAt: at(16_000) },
    ])
  })
})

describe('a refused token', () => {
  test('stops the channel until the user reopens it', () => {
    const { channel, hear, pass, told } = channelAtZero()
    hear(refusedToken, 3)
    pass(3_600_000)
    expect(channel.allow(32, 0)).toBe(0)
    hear(accepted)
    expect(channel.isStopped).toBe(true)
    channel.reopen()
    expect(channel.allow(32, 0)).toBe(32)
    expect(told.map(({ status }) => status)).toEqual(['stopped', 'open'])
  })
})

function at(ms: number): string {
  return new Date(ms).toISOString()
}
