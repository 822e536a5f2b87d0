import type { Channel } from '#shared/contract/gateway.ts'
import { addClients, addStartedDelivery } from './factories.ts'
import { eventually } from './fake-gateway.ts'
import { messagesIn, now, openAt, type Seen } from './moved-clock.ts'
import { startSender, type TestSender } from './sender.ts'

/** When the deliveries of `openMovedSending` end. */
export const endsAt = now + 24 * 60 * 60 * 1000
const timeoutMs = 200
/** Short enough that the sender does not treat the step as a pause of its process. */
const stepMs = 50

/** One attempt in the history. */
export interface SeenAttempt {
  readonly messageId: number
  readonly number: number
  readonly httpStatus: number | null
  readonly errorCode: string
  readonly errorDetail: string
}

/** A running delivery to a server, with clocks that the test moves. */
export interface MovedSending {
  readonly sender: TestSender
  messages(): Promise<Seen[]>
  /** The failed ones. */
  attempts(): Promise<SeenAttempt[]>
  channel(): Channel | null
  /** Waits until `assert` passes. Time stops, except that requests that hang at the server reach their deadline. */
  until(assert: () => Promise<void>): Promise<void>
  /** The same, and when nothing is in flight, time moves to the next due action. */
  later(assert: () => Promise<void>): Promise<void>
}

interface MovedSendingOptions {
  readonly server: { readonly url: string; readonly requests: readonly unknown[] }
  readonly messages: number
  /** Requests that the server does not answer wait for their deadline. */
  readonly hangs?: boolean
  /** The first address of the gateway; the server's by default. */
  readonly url?: string
  readonly concurrency?: number
}

/** Starts a delivery of n messages. The jitter of the back-off is always in the middle. */
export async function openMovedSending({
  server,
  messages,
  hangs = false,
  url = server.url,
  concurrency = 32,
}: MovedSendingOptions): Promise<MovedSending> {
  const { clock, store } = await openAt()
  await addClients(store, messages)
  const id = await addStartedDelivery(store, { endsAt })
  const sender = await startSender({
    store,
    gateway: { url },
    clock,
    monotonic: clock.now,
    random: () => 0.5,
    concurrency,
    timeoutMs,
  })

  const attempts = (): Promise<SeenAttempt[]> =>
    store.sql.all<SeenAttempt>(
      `SELECT messageId, row_number() OVER (PARTITION BY messageId ORDER BY id) AS number, httpStatus, errorCode, detail AS errorDetail
       FROM attempts WHERE errorCode IS NOT NULL ORDER BY id`,
    )
  const channel = (): Channel | null =>
    sender.reports.flatMap((report) => (report.type === 'channel' ? [report.channel] : [])).at(-1) ?? null

  async function moveToDeadline(seen: readonly Seen[], inFlight: number): Promise<void> {
    const ended = (await attempts()).length + seen.filter(({ status }) => status === 'sent').length
    // In steps, so that a deadline that each byte defers would never be reached.
    if (hangs && server.requests.length - ended === inFlight) clock.advance(stepMs)
  }

  function moveToDue(seen: readonly Seen[]): void {
    const dues = seen.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? [])
    if (dues.length === 0) return
    const { status, nextProbeAt } = channel() ?? { status: 'open', nextProbeAt: null }
    const probeAt = nextProbeAt === null ? 0 : Date.parse(nextProbeAt)
    const at = status === 'stopped' ? endsAt : Math.max(Math.min(...dues), probeAt)
    clock.advance(Math.max(0, at - clock.now()))
    sender.wake()
  }

  const wait = (assert: () => Promise<void>, goesOn: boolean): Promise<void> =>
    eventually(async () => {
      try {
        await assert()
      } catch (error) {
        const seen = await messagesIn(store, id)
        const inFlight = seen.filter(({ status }) => status === 'sending').length
        if (inFlight > 0) await moveToDeadline(seen, inFlight)
        else if (goesOn) moveToDue(seen)
        throw error
      }
    })

  return {
    sender,
    messages: () => messagesIn(store, id),
    attempts,
    channel,
    until: (assert) => wait(assert, false),
    later: (assert) => wait(assert, true),
  }
}
