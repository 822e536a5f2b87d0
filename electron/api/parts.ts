import { implement } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import type { Clock } from '../base/clock.ts'
import type { Events } from '../base/events.ts'
import type { JobFiles } from '../scheduler/workers.ts'
import type { Store } from '../store/store.ts'

/** What every entity's API is made of. */
export interface Parts {
  readonly store: Store
  readonly events: Events
  readonly clock: Clock
  /** Where the worker threads' files are. */
  readonly jobs: JobFiles
  /** Aborts when the caller leaves, and when the program locks: for what goes on until then. */
  readonly untilLocked: (signal: AbortSignal | undefined) => AbortSignal
  /** The thread that sends. */
  readonly sender: {
    /** Makes it look at the store again, now that something there has changed. */
    wake(): void
  }
}

/** The contract, waiting for its handlers. */
export const api = implement(contract)
