import { implement } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import type { Clock } from '../base/clock.ts'
import type { Events } from '../base/events.ts'
import type { MessageClearing } from '../deliveries/clear-messages.ts'
import type { JobFiles } from '../scheduler/workers.ts'
import type { Store } from '../store/store.ts'

/** What the handlers of every entity use. */
export interface Parts {
  readonly store: Store
  readonly events: Events
  readonly clock: Clock
  /** The entry files of the worker threads. */
  readonly jobs: JobFiles
  /** Returns a signal that aborts when the caller disconnects or the program locks. */
  readonly untilLocked: (signal: AbortSignal | undefined) => AbortSignal
  /** Clears what cancelled and deleted deliveries have left. */
  readonly clearing: Pick<MessageClearing, 'start'>
  /** The sender thread. */
  readonly sender: {
    /** Makes the sender read the store again after a change. */
    wake(): void
  }
}

/** The contract's implementer: handlers are attached to its procedures. */
export const api = implement(contract)
