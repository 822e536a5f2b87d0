import type { Outcome, Outgoing } from '#electron/gateways/gateway.ts'
import type { ReadSession } from '#electron/store/sqlite/connection.ts'
import { isFinal, type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { audienceIn, type KnownMessage, obstacle, type Truth } from './model-truth.ts'

/** A message in the store. */
interface Row extends KnownMessage {
  readonly status: MessageStatus
  readonly attempts: number
  readonly errorCode: string | null
}

interface Circumstances {
  readonly truth: () => Truth
  readonly now: () => number
  readonly monotonic: () => number
  readonly maxAttempts: number
}

/** The observations so far, and the broken rules. */
function createNotes() {
  const violations: string[] = []
  return {
    violations,
    accuse: (what: string): void => void violations.push(what),
    /** Each message as the store last held it. */
    seen: new Map<number, Row>(),
    /** Each message's accepted answer: given to a sender, on disk, or lost with a dead sender. */
    accepted: new Map<number, 'given' | 'recorded' | 'lost'>(),
    /** The maximum of attempts of each message that may have counted since they were last reset. */
    countable: new Map<number, number>(),
  }
}

type Notes = ReturnType<typeof createNotes>

/** Watches the rows of the store from one commit to the next. `askedAt` is when the sender last asked for a transaction. */
function watchRows(
  { truth, now, maxAttempts }: Circumstances,
  { accuse, seen, accepted, countable }: Notes,
  askedAt: () => number,
) {
  /** Checks that new messages are exactly the current audience's, inserted together. */
  function meet(rows: readonly Row[]): void {
    for (const [deliveryId, members] of Map.groupBy(rows, (row) => row.deliveryId)) {
      const delivery = truth().deliveries.get(deliveryId)
      if (delivery === undefined) return accuse(`delivery ${deliveryId} has messages and was never created`)
      // The wall clock may have been set back since the starting turn began.
      const early = delivery.startsAt - Math.max(now(), askedAt())
      if (early > 0) accuse(`delivery ${deliveryId} started ${early} ms early`)
      const audience = audienceIn(truth(), delivery).join()
      const clients = members.map(({ clientId }) => clientId).join()
      if (clients !== audience) accuse(`delivery ${deliveryId} is for clients ${audience} and went to ${clients}`)
    }
  }

  function follow(before: Row, after: Row): void {
    const name = `message ${after.id}`
    if (after.deliveryId !== before.deliveryId || after.phone !== before.phone) accuse(`${name} is not what it was`)
    const isHis =
      after.clientId === before.clientId || (after.clientId === null && !truth().clients.has(before.clientId))
    if (!isHis) accuse(`${name} has changed hands from client ${before.clientId} to ${after.clientId}`)
    if (isFinal(before.status) && before.status !== 'failed' && after.status !== before.status)
      accuse(`${name} was ${before.status} and is ${after.status}`)
    const isFresh = after.attempts === 0 && (before.status === 'failed' || before.status === 'uncertain')
    if (isFresh && after.status === 'queued') countable.delete(after.id)
  }

  function judge({ id, status, attempts, errorCode }: Row): void {
    const most = Math.min(maxAttempts, countable.get(id) ?? 0)
    if (attempts > most) accuse(`message ${id} has used ${attempts} attempts, where at most ${most} counted`)
    if (status === 'sent' && accepted.get(id) === 'given') accepted.set(id, 'recorded')
    const isUsedUp = errorCode !== 'rejected' && errorCode !== 'interrupted' && errorCode !== 'template'
    if (status === 'failed' && isUsedUp && attempts < maxAttempts)
      accuse(`message ${id} failed with ${errorCode} after ${attempts} attempts`)
  }

  /** Checks the whole store. */
  async function look(sql: ReadSession): Promise<void> {
    const rows = await sql.all<Row>(
      'SELECT id, deliveryId, clientId, phone, status, attempts, errorCode FROM messages ORDER BY id',
    )
    meet(rows.filter(({ id }) => !seen.has(id)))
    for (const row of rows) {
      const before = seen.get(row.id)
      if (before !== undefined) follow(before, row)
      judge(row)
      seen.set(row.id, { ...row, clientId: before?.clientId ?? row.clientId })
    }
    const there = new Set(rows.map(({ id }) => id))
    for (const { id, deliveryId } of seen.values()) {
      if (there.has(id)) continue
      if (truth().deliveries.get(deliveryId)?.control !== 'deleted') accuse(`message ${id} is gone`)
      seen.delete(id)
    }
    await checkCounters(sql, rows, accuse)
  }

  return look
}

/** Compares the stored counters of each delivery with its messages. */
async function checkCounters(sql: ReadSession, rows: readonly Row[], accuse: Notes['accuse']): Promise<void> {
  const counters = await sql.all<{ readonly deliveryId: number } & { readonly [status in MessageStatus]: number }>(
    `SELECT deliveryId, ${messageStatuses.join(', ')} FROM delivery_counters`,
  )
  for (const kept of counters) {
    for (const status of messageStatuses) {
      const count = rows.filter((row) => row.deliveryId === kept.deliveryId && row.status === status).length
      if (kept[status] !== count)
        accuse(`delivery ${kept.deliveryId} counts ${kept[status]} messages as ${status}, and there are ${count}`)
    }
  }
}

/** Watches that no delivery sends faster than its own rate. */
function watchRates(accuse: Notes['accuse']) {
  const rates = new Map<number, { readonly rate: number; readonly since: number; count: number }>()
  return {
    /** A new sender does not know the previous one's pace. */
    clear: () => rates.clear(),
    check(name: string, deliveryId: number, rate: number | null, claimedAt: number): void {
      if (rate === null) return void rates.delete(deliveryId)
      let pace = rates.get(deliveryId)
      if (pace?.rate !== rate) pace = { rate, since: claimedAt, count: 0 }
      rates.set(deliveryId, pace)
      pace.count += 1
      const allowed = Math.max(1, rate / 4) + (rate * (claimedAt - pace.since)) / 1000
      if (pace.count > allowed) accuse(`${name} is number ${pace.count} where its rate allows ${allowed}`)
    },
  }
}

/** Watches a dispatcher and records every broken rule. */
export function createWitness(circumstances: Circumstances) {
  const { truth, now, monotonic } = circumstances
  const notes = createNotes()
  const { violations, accuse, seen, accepted, countable } = notes
  const requests: number[] = []
  let claim = { truth: truth(), sending: new Map<number, Row>(), room: 0, at: 0 }
  let concurrency = 0
  let askedAt = 0
  const look = watchRows(circumstances, notes, () => askedAt)
  const rates = watchRates(accuse)

  return {
    violations,
    accuse,
    requests,
    seen: seen as ReadonlyMap<number, Row>,
    look,

    /** A new sender starts. */
    onBirth: () => rates.clear(),

    /** The sender requests a transaction, with `room` for further requests. */
    onTurn(room: number): void {
      concurrency = room
      askedAt = now()
    },

    /** A transaction of the sender is on disk. Its requests are checked against the current state. */
    onCommit(): void {
      const sending = new Map([...seen].filter(([, { status }]) => status === 'sending'))
      const news = [...sending.keys()].filter((id) => !claim.sending.has(id))
      if (news.length > 0 && sending.size > concurrency)
        accuse(`${sending.size} messages are marked as in flight where ${concurrency} may be`)
      claim = { truth: truth(), sending, room: concurrency, at: monotonic() }
    },

    onRequest({ id, phone, delivery }: Outgoing, open: ReadonlySet<number>): void {
      requests.push(id)
      // A client that was deleted after the claim may still be sent to.
      const message = claim.sending.get(id) ?? seen.get(id)
      if (message === undefined) return accuse(`message ${id} is unknown and was asked for`)
      const name = `request ${requests.length} for message ${id} of delivery ${message.deliveryId}`
      if (message.phone !== phone || message.deliveryId !== delivery.id) accuse(`${name} went to another phone`)
      if (!claim.sending.has(id)) accuse(`${name} began before it was marked on disk`)
      if (open.has(id)) accuse(`${name} began while another was in flight`)
      if (open.size >= claim.room) accuse(`${name} began with ${open.size} in flight where ${claim.room} may be`)
      const before = accepted.get(id)
      if (before === 'given' || before === 'recorded')
        accuse(`${name} began after the gateway had accepted it (${before})`)
      accepted.delete(id)
      const why = obstacle(claim.truth, message, now())
      if (why !== null) accuse(`${name} began although ${why}`)
      const rate = claim.truth.deliveries.get(message.deliveryId)?.rate ?? null
      rates.check(name, message.deliveryId, rate, claim.at)
    },

    /** The sender has received the outcome of a request. */
    onEnd({ id }: Outgoing, outcome: Outcome, isDown: boolean): void {
      if (outcome.kind === 'accepted') accepted.set(id, 'given')
      const isSpared = outcome.kind === 'unavailable' && isDown
      if (outcome.kind !== 'unauthorized' && !isSpared) countable.set(id, (countable.get(id) ?? 0) + 1)
    },

    /** A sender died: answers that it had not recorded are lost, and so are those to its open requests. */
    onDeath(acceptedUnheard: readonly number[], most: number): void {
      for (const [id, state] of accepted) if (state === 'given') accepted.set(id, 'lost')
      for (const id of acceptedUnheard) accepted.set(id, 'lost')
      const lost = [...accepted].filter(([id, state]) => state === 'lost' && seen.get(id)?.status === 'sending')
      if (lost.length > most) accuse(`${lost.length} accepted answers were lost where ${most} may be`)
    },

    /** The sender is idle, with these messages in flight. */
    atRest(open: ReadonlySet<number>): void {
      const sending = [...seen.values()].filter(({ status }) => status === 'sending').map(({ id }) => id)
      // A deleted delivery has no rows.
      const flying = [...open].filter((id) => seen.has(id)).sort((a, b) => a - b)
      if (sending.join() !== flying.join()) accuse(`at rest ${sending} are marked as in flight, and ${flying} are`)
      for (const [id, state] of accepted)
        if (state === 'given' && seen.has(id)) accuse(`at rest the accepted answer of message ${id} is not on disk`)
    },
  }
}

export type Witness = ReturnType<typeof createWitness>
