import type { GatewayFault } from '../store/ports/send-queue.ts'
import type { Finished } from './results.ts'

/**
 * Transport failures in a row. Until the circuit opens they count as attempts of their messages; when it opens over
 * them they were faults of the gateway, and the attempts are refunded.
 */
export interface TransportFailures {
  /** A request has ended; `isDown` is the channel after it. */
  add(finished: Pick<Finished, 'claimed' | 'outcome' | 'startedAt' | 'keepsAttempt'>, isDown: boolean): void
  /** Returns the faults to refund since the last call. */
  take(): GatewayFault[]
  /** The refund could not be recorded: `take` returns these again. */
  restore(taken: readonly GatewayFault[]): void
  /** Forgets the failures so far: the gateway is another one now. */
  reset(): void
}

export function createTransportFailures(): TransportFailures {
  let inARow: GatewayFault[] = []
  let faults: GatewayFault[] = []
  return {
    add({ claimed, outcome, startedAt, keepsAttempt }, isDown) {
      if (outcome.kind === 'aborted' || outcome.kind === 'withheld') return
      if (outcome.kind !== 'unavailable' || !isTransportFailure(outcome.error.code)) {
        // A text that could not be rendered says nothing about the gateway.
        if (outcome.kind !== 'rejected' || outcome.answer !== null) inARow = []
        return
      }
      if (!keepsAttempt) inARow.push({ messageId: claimed.message.id, deliveryId: claimed.delivery.id, startedAt })
      if (!isDown) return
      faults = [...faults, ...inARow]
      inARow = []
    },
    take() {
      const taken = faults
      faults = []
      return taken
    },
    restore(taken) {
      faults = [...taken, ...faults]
    },
    reset() {
      inARow = []
    },
  }
}

/** Whether a failure is of the connection, and not an answer of the gateway. */
export function isTransportFailure(code: string): boolean {
  return code === 'connection' || code === 'timeout'
}
