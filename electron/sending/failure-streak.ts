import type { Finished } from './results.ts'

/** A request that failed through no fault of its message. */
export interface Blameless {
  readonly messageId: number
  readonly deliveryId: number
  readonly startedAt: number
}

/**
 * The transport failures in a row that were still taken for the messages' own. When the circuit opens over them they were the gateway's,
 * and the messages get their attempts back.
 */
export interface FailureStreak {
  /** A request has ended; `isDown` is the channel after it. */
  note(finished: Pick<Finished, 'claimed' | 'outcome' | 'startedAt' | 'spared'>, isDown: boolean): void
  /** Those that have turned out to be nobody's fault since the last call. */
  take(): Blameless[]
  /** What was taken could not be written down: it is given out again. */
  putBack(taken: readonly Blameless[]): void
  /** Forgets the streak: the gateway is another one now. */
  end(): void
}

export function createFailureStreak(): FailureStreak {
  let streak: Blameless[] = []
  let blameless: Blameless[] = []
  return {
    note({ claimed, outcome, startedAt, spared }, isDown) {
      if (outcome.kind === 'aborted' || outcome.kind === 'withheld') return
      if (outcome.kind !== 'unavailable' || !isTransportFailure(outcome.error.code)) {
        // A text that could not be rendered says nothing of the gateway.
        if (outcome.kind !== 'rejected' || outcome.httpStatus !== null) streak = []
        return
      }
      if (!spared) streak.push({ messageId: claimed.message.id, deliveryId: claimed.delivery.id, startedAt })
      if (!isDown) return
      blameless = [...blameless, ...streak]
      streak = []
    },
    take() {
      const taken = blameless
      blameless = []
      return taken
    },
    putBack(taken) {
      blameless = [...taken, ...blameless]
    },
    end() {
      streak = []
    },
  }
}

/** Whether a failure is of the way to the gateway, and no answer of its own. */
export function isTransportFailure(code: string): boolean {
  return code === 'connection' || code === 'timeout'
}
