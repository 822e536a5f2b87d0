import type { ProgressEvent } from '#shared/contract/progress.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for live changes. */
export function progressApi({ events, untilLocked }: Parts) {
  return {
    live: api.progress.live.handler(async function* ({ signal }) {
      const ending = untilLocked(signal)
      const pending = new Map<string, ProgressEvent>()
      let wake = Promise.withResolvers<void>()
      const unsubscribe = events.subscribe((event) => {
        // A slow listener gets only the newest event of each topic, so the queue does not grow.
        pending.set(topicOf(event), event)
        wake.resolve()
      })
      const stop = (): void => wake.resolve()
      ending.addEventListener('abort', stop)
      try {
        while (!ending.aborted) {
          for (const [topic, event] of pending) {
            pending.delete(topic)
            yield event
          }
          await wake.promise
          wake = Promise.withResolvers()
        }
      } finally {
        ending.removeEventListener('abort', stop)
        unsubscribe()
      }
    }),
  }
}

function topicOf(event: ProgressEvent): string {
  if (event.type === 'delivery') return `delivery ${event.id}`
  return event.type === 'changed' ? `changed ${event.entity}` : event.type
}
