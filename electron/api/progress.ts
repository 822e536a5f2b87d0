import type { ProgressEvent } from '#shared/contract/progress.ts'
import { api, type Parts } from './parts.ts'

/** Every change as it happens. */
export function progressApi({ events }: Parts) {
  return {
    live: api.progress.live.handler(async function* ({ signal }) {
      const waiting = new Map<string, ProgressEvent>()
      let wake = Promise.withResolvers<void>()
      const unsubscribe = events.subscribe((event) => {
        // A slow listener gets the newest word on each thing, not a queue that grows.
        waiting.set(topicOf(event), event)
        wake.resolve()
      })
      const stop = (): void => wake.resolve()
      signal?.addEventListener('abort', stop)
      try {
        while (signal?.aborted !== true) {
          for (const [topic, event] of waiting) {
            waiting.delete(topic)
            yield event
          }
          await wake.promise
          wake = Promise.withResolvers()
        }
      } finally {
        signal?.removeEventListener('abort', stop)
        unsubscribe()
      }
    }),
  }
}

function topicOf(event: ProgressEvent): string {
  if (event.type === 'delivery') return `delivery ${event.id}`
  return event.type === 'changed' ? `changed ${event.entity}` : event.type
}
