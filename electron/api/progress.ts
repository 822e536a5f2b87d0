import type { ProgressEvent } from '#shared/contract/progress.ts'
import { api, type Parts } from './parts.ts'

/** Every change as it happens. */
export function progressApi({ events, untilLocked }: Parts) {
  return {
    live: api.progress.live.handler(async function* ({ signal }) {
      const ending = untilLocked(signal)
      const waiting = new Map<string, ProgressEvent>()
      let wake = Promise.withResolvers<void>()
      const unsubscribe = events.subscribe((event) => {
        // A slow listener gets the newest word on each thing, not a queue that grows.
        waiting.set(topicOf(event), event)
        wake.resolve()
      })
      const stop = (): void => wake.resolve()
      ending.addEventListener('abort', stop)
      try {
        while (!ending.aborted) {
          for (const [topic, event] of waiting) {
            waiting.delete(topic)
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
