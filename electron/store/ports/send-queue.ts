import type { MergeTexts } from '#shared/domain/merge-values.ts'
import type { DeliveryStatus, ErrorCode, MessageStatus } from '#shared/domain/states.ts'
import type { StoreTrouble } from '#shared/domain/store-trouble.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'

/**
 * Identifies one running sender; each start draws a new one. A claim carries it until its result is recorded, so that
 * a later start finds orphans and leaves alone what another running sender has in flight.
 */
export type SenderId = number

/** The queue of messages as a sender uses it. One sender works on one turn at a time. */
export interface SendQueue {
  /**
   * Runs one turn in one transaction: records what the gateway accepted, then runs `work`, then commits everything.
   * An error undoes all of it and is thrown. `now` is the moment of every change in the turn, in ms since the epoch.
   */
  turn<Result>(
    accepted: readonly MessageResult[],
    now: number,
    work: (turn: SendTurn) => Promise<Result>,
  ): Promise<Result>
  /** The latest moment at which any delivery changed; null without deliveries. The wall clock may be behind it. */
  lastChangeAt(): Promise<number | null>
  /** Returns what a failed turn says about the disk; null when the disk is not the cause. */
  troubleOf(error: unknown): StoreTrouble | null
  close(): Promise<void>
}

/** The operations of one turn. Each belongs to the turn's transaction. */
export interface SendTurn {
  /** What has happened in this turn so far, in order; on disk with the commit. */
  readonly events: readonly ActivityEvent[]

  /**
   * Takes messages that no living sender owns out of `sending`: back to the queue, due at once, or to `uncertain`
   * where `policy` says so or their delivery is cancelled or over.
   */
  settleOrphans(policy: 'resend' | 'hold', living: readonly SenderId[]): Promise<SettledOrphans[]>
  /** Ends what is still queued of every delivery whose end has come. Returns the deliveries concerned. */
  expireOverdue(): Promise<number[]>
  /** Starts every delivery whose start has come: its audience is fixed now. Returns which. */
  startDue(): Promise<number[]>
  /** Completes every started delivery with nothing queued or in flight. Returns which. */
  completeFinished(): Promise<number[]>
  /** Returns the next moment at which a delivery starts or ends; null when none will. */
  nextMomentAt(): Promise<number | null>

  /** Returns the deliveries that may send now. */
  findRunning(): Promise<RunningDelivery[]>
  /** Returns the messages that are due, earliest first; none when the delivery has changed since `delivery` was read. */
  findDue(delivery: RunningDelivery, limit: number): Promise<DueMessage[]>
  /** Marks due messages as in flight, owned by this sender. On disk with the commit, before any request begins. */
  claim(deliveryId: number, messageIds: readonly number[]): void
  /** Cancels due messages whose clients are gone or have opted out. */
  cancel(deliveryId: number, messages: readonly DueMessage[]): void
  /** Defers due messages to clients of one time zone until their window opens, up to 50,000 at once. */
  deferToWindow(deliveryId: number, timeZone: string, until: number): Promise<void>
  /** Returns when the next message is due, null when the queue is empty, or `changed` when the delivery was edited. */
  nextDueAt(delivery: RunningDelivery): Promise<number | null | 'changed'>

  /** Returns how deliveries are now. One that was deleted is missing. */
  findStates(deliveryIds: readonly number[]): Promise<ReadonlyMap<number, DeliveryState>>
  /** Returns how many attempts messages have used up by now. One that was deleted is missing. */
  findAttempts(messageIds: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Records results that the gateway did not accept. */
  record(results: readonly MessageResult[]): Promise<void>
  /** Refunds the attempts that the gateway's own failures cost; a message that failed by them is queued again. */
  refundAttempts(faults: readonly GatewayFault[]): Promise<void>
  /** The clock was set back by `byMs`: makes waiting messages due, except those that the gateway asked to wait. */
  requeueAfterClockBack(byMs: number): Promise<void>
}

/** A delivery that may send now. */
export interface RunningDelivery {
  readonly id: number
  readonly name: string
  readonly text: string
  readonly endsAt: number
  readonly windowFrom: string | null
  readonly windowTo: string | null
  readonly ratePerSecond: number | null
  /** Changes with every edit. */
  readonly updatedAt: number
}

/** A message that is due, with what the checks and the text need of its client. */
export interface DueMessage extends MergeTexts {
  readonly id: number
  readonly phone: string
  readonly attempts: number
  readonly clientId: number | null
  readonly optedOutAt: number | null
  readonly timeZone: string | null
  /** A JSON object of strings. */
  readonly attributes: string | null
}

export interface DeliveryState {
  readonly status: DeliveryStatus
  readonly endsAt: number
}

/** What is recorded of one message after an attempt. */
export interface MessageResult {
  readonly id: number
  readonly deliveryId: number
  readonly clientId: number | null
  readonly verdict: RecordedVerdict
  /** Null when no request began. */
  readonly attempt: AttemptMade | null
}

export type RecordedVerdict =
  | { readonly status: 'sent' | 'failed' | 'expired' | 'cancelled' }
  /** `heldUntil`: the gateway asked to wait until then; null when the wait is our own. */
  | { readonly status: 'queued'; readonly nextAttemptAt: number; readonly heldUntil: number | null }

/** A request as it ended. */
export interface AttemptMade {
  readonly startedAt: number
  readonly durationMs: number
  /** The status of an HTTP answer; null without an answer or over another protocol. */
  readonly httpStatus: number | null
  /** Whether it used up one of the message's attempts. */
  readonly counted: boolean
  /** Null: the gateway accepted the message. */
  readonly errorCode: ErrorCode | null
  /** The gateway's own words, where they say more than the status. */
  readonly detail: string
}

/** A request that failed by a fault of the gateway. */
export interface GatewayFault {
  readonly messageId: number
  readonly deliveryId: number
  readonly startedAt: number
}

/** Orphans of one delivery, and their new status. */
export interface SettledOrphans {
  readonly deliveryId: number
  readonly count: number
  readonly status: Extract<MessageStatus, 'queued' | 'uncertain'>
}
