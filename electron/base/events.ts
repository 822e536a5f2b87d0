import type { ProgressEvent } from '#shared/contract/progress.ts'

type Listener = (event: ProgressEvent) => void

/** Distributes events of committed changes to subscribers. */
export interface Events {
  publish(event: ProgressEvent): void
  /** Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void
}

export function createEvents(): Events {
  const listeners = new Set<Listener>()
  return {
    publish(event) {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
