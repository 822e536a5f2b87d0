import dns from 'node:dns'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Channel } from '#shared/contract/gateway.ts'
import type { MessageStatus } from '#shared/domain/states.ts'
import { expectEachOnce, type FakeGateway, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { type Fault, type FaultEffect, faults } from '#tests/support/faults.ts'
import { now } from '#tests/support/moved-clock.ts'
import { endsAt, type MovedSending, openMovedSending, type SeenAttempt } from '#tests/support/moved-sending.ts'
import { watchMemory } from '#tests/support/watch-memory.ts'
import { well } from '#tests/support/wire-acts.ts'
import { openWireServer } from '#tests/support/wire-server.ts'

/** The consecutive failures that make an outage, and the maximum of attempts (DOMAIN, rules of sending, 4). */
const outage = 20
const maxAttempts = 10
/** One more than make an outage, all in flight at once. */
const crowd = outage + 1
/** The back-off after the first attempt, where the dice fall in the middle. */
const backOffMs = 1_000
const mega = 1024 * 1024

interface Fate {
  /** The state of messages once all have met the fault, and how many of them have used up an attempt. */
  readonly met: MessageStatus
  readonly paid: number
  readonly channel: Channel['status']
  /** How they end when the fault passes, and where it stays. */
  readonly passed: MessageStatus
  readonly stayed: MessageStatus
}

const fates: { readonly [effect in FaultEffect]: Fate } = {
  sent: { met: 'sent', paid: crowd, channel: 'open', passed: 'sent', stayed: 'sent' },
  failed: { met: 'failed', paid: crowd, channel: 'open', passed: 'failed', stayed: 'failed' },
  kept: { met: 'queued', paid: 0, channel: 'stopped', passed: 'sent', stayed: 'expired' },
  retried: { met: 'queued', paid: crowd, channel: 'open', passed: 'sent', stayed: 'failed' },
  delayed: { met: 'queued', paid: crowd, channel: 'open', passed: 'expired', stayed: 'expired' },
  // What opened the circuit was no message's fault either: each has its attempt back.
  lost: { met: 'queued', paid: 0, channel: 'down', passed: 'sent', stayed: 'failed' },
}

describe('a fault that many requests meet at once, and that passes', () => {
  test.each(faults)('$name: $effect', async (fault) => {
    const { act, effect, actsEarly, hangs, waitMs } = fault
    const fate = fates[effect]
    const server = await openWireServer(
      (socket, request) => (request.turn === 1 ? act : well)(socket, request),
      actsEarly,
    )
    const memory = watchMemory()
    const sending = await openMovedSending({ server, messages: crowd, hangs })

    await sending.until(async () => {
      for (const { status } of await sending.messages()) expect(status).toBe(fate.met)
      expect(await sending.attempts()).toHaveLength(fault.error === null ? 0 : crowd)
    })
    expect(server.requests).toHaveLength(crowd)
    const met = await sending.messages()
    expect(met.map(({ attempts }) => attempts).sort()).toEqual([
      ...Array(crowd - fate.paid).fill(0),
      ...Array(fate.paid).fill(1),
    ])
    for (const attempt of await sending.attempts()) expectRecorded(attempt, 1, fault)
    expect(sending.channel()?.status ?? 'open').toBe(fate.channel)
    const dueAt = Math.min(now + (waitMs ?? backOffMs), endsAt)
    if (effect === 'retried' || effect === 'delayed')
      expect(met.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual(Array(crowd).fill(dueAt))
    // Buffers on the way may hold some bytes; a body that is read to its end is many times as long.
    expect(server.maxWritten).toBeLessThan(16 * mega)
    expect(memory.growth()).toBeLessThan(32 * mega)

    if (effect === 'kept') sending.sender.aimAt(server.url)
    await sending.later(async () => {
      for (const { status } of await sending.messages()) expect(status).toBe(fate.passed)
    })
    const again = fate.met === 'queued' && fate.passed === 'sent' ? 1 : 0
    expect(server.requests).toHaveLength(crowd * (1 + again))
    const ended = await sending.messages()
    expect(ended.map(({ attempts }) => attempts)).toEqual(met.map(({ attempts }) => attempts + again))
    expect(sending.channel()?.status ?? 'open').toBe('open')
    expectNobodyElsewhere(server)
  })
})

describe('a fault that stays uses up what a message has', () => {
  const lasting = faults.filter(({ effect }) => fates[effect].met === 'queued')

  test.each(lasting)('$name: $effect', async (fault) => {
    const { act, effect, hangs, actsEarly, error } = fault
    const fate = fates[effect]
    const server = await openWireServer(act, actsEarly)
    const sending = await openMovedSending({ server, messages: 1, hangs })

    await sending.later(async () => expect(await sending.messages()).toMatchObject([{ status: fate.stayed }]))

    const asked = fate.stayed === 'failed' ? maxAttempts : 1
    expect(server.requests).toHaveLength(asked)
    expect(await sending.messages()).toMatchObject([
      { attempts: effect === 'kept' ? 0 : asked, errorCode: error?.code },
    ])
    const attempts = await sending.attempts()
    expect(attempts).toHaveLength(asked)
    for (const [index, attempt] of attempts.entries()) expectRecorded(attempt, index + 1, fault)
    expectNobodyElsewhere(server)
  })
})

interface Absence {
  readonly name: string
  readonly detail: RegExp
  /** Where the messages are sent, and what makes that address unreachable. */
  readonly url: (gateway: FakeGateway) => string
  readonly begin: (gateway: FakeGateway) => Promise<void>
  readonly repair: (gateway: FakeGateway, sending: MovedSending) => void | Promise<void>
}

const absences: readonly Absence[] = [
  {
    name: 'a connection refused',
    detail: /^ECONNREFUSED: /,
    url: ({ url }) => url,
    begin: (gateway) => gateway.goDown(),
    repair: (gateway) => gateway.comeUp(),
  },
  {
    name: 'a name that is unknown',
    detail: /^(ENOTFOUND|EAI_AGAIN): /,
    url: ({ url }) => url.replace('127.0.0.1', 'gateway.invalid'),
    begin: async () => undefined,
    // The name cannot be made known to the system's resolver; all else is as if it had been.
    repair: () => {
      const lookup = vi.spyOn(dns, 'lookup')
      onTestFinished(() => lookup.mockRestore())
      lookup.mockImplementation(((_name: string, _options: unknown, tell: LookupTell) =>
        process.nextTick(tell, null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof dns.lookup)
    },
  },
  {
    name: 'TLS to a plain port',
    detail: /^ERR_SSL_\S+: .*$/,
    url: ({ url }) => url.replace('http:', 'https:'),
    begin: async () => undefined,
    repair: ({ url }, { sender }) => sender.aimAt(url),
  },
]
type LookupTell = (error: null, addresses: readonly { readonly address: string; readonly family: number }[]) => void

describe('where no gateway is', () => {
  test.each(absences)('$name is an outage, until the gateway is reachable', async ({ url, begin, repair, detail }) => {
    const gateway = await openFakeGateway()
    await begin(gateway)
    const sending = await openMovedSending({ server: gateway, url: url(gateway), messages: crowd })

    await sending.until(async () => {
      expect(await sending.attempts()).toHaveLength(crowd)
      for (const { status } of await sending.messages()) expect(status).toBe('queued')
    })
    const met = (await sending.messages()).map(({ attempts }) => attempts)
    expect(met).toEqual(Array(crowd).fill(0))
    expect(sending.channel()?.status).toBe('down')
    const error = { errorCode: 'connection', httpStatus: null, errorDetail: expect.stringMatching(detail) }
    for (const attempt of await sending.attempts()) expect(attempt).toMatchObject(error)

    await repair(gateway, sending)
    await sending.later(async () => {
      for (const { status } of await sending.messages()) expect(status).toBe('sent')
    })
    expectEachOnce(gateway, crowd)
    expect(sending.channel()?.status).toBe('open')
  })

  test.each(absences)('$name uses up what a single message has', async ({ url, begin }) => {
    const gateway = await openFakeGateway()
    await begin(gateway)
    const sending = await openMovedSending({ server: gateway, url: url(gateway), messages: 1 })

    await sending.later(async () => expect(await sending.messages()).toMatchObject([{ status: 'failed' }]))

    expect(await sending.messages()).toMatchObject([{ attempts: maxAttempts, errorCode: 'connection' }])
    expect(await sending.attempts()).toHaveLength(maxAttempts)
  })
})

/** Expects that the history of an attempt describes the fault. */
function expectRecorded(attempt: SeenAttempt, number: number, { error }: Fault): void {
  const { code, httpStatus, detail } = error ?? {}
  const errorDetail = detail instanceof RegExp ? expect.stringMatching(detail) : detail
  expect(attempt).toMatchObject({ number, errorCode: code, httpStatus, errorDetail })
}

/** No redirect was followed. */
function expectNobodyElsewhere({ requests }: { readonly requests: readonly { readonly path: string }[] }): void {
  for (const { path } of requests) expect(path).toMatch(/^\/send\/\d+$/)
}
