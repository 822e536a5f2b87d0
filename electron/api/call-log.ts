import { ORPCError } from '@orpc/client'
import { type ActivityEvent, fieldsOf } from '../base/trace-line.ts'
import { api } from './parts.ts'

/** The log's name for the `id` of an input, by entity. */
const entities: Readonly<Record<string, string>> = { clients: 'client', deliveries: 'delivery', messages: 'message' }

/** Returns a middleware that logs one line for each call: its path, the ids in its input, its duration and its outcome. */
export function logCalls(log: (text: string) => void) {
  return api.middleware(async ({ next, path }, input) => {
    // Reading the log must not write to it: a client that follows the log would cause its own events.
    if (path[0] === 'log') return next()
    const startedAt = performance.now()
    const report = (outcome: string): void => {
      const ms = Math.round(performance.now() - startedAt)
      log(fieldsOf({ call: path.join('.'), ...idsIn(path[0] ?? '', input), ms, outcome }))
    }
    try {
      const result = await next()
      report('ok')
      return result
    } catch (error) {
      report(error instanceof ORPCError ? error.code : 'failed')
      throw error
    }
  })
}

/** Returns the ids in an input that has not been validated yet. */
function idsIn(entity: string, input: unknown): ActivityEvent {
  if (typeof input !== 'object' || input === null) return {}
  const given = input as Readonly<Record<string, unknown>>
  const idAt = (field: string): number | null => {
    const id = Number(given[field] ?? Number.NaN)
    return Number.isSafeInteger(id) && id > 0 ? id : null
  }
  const own = Object.hasOwn(entities, entity) ? entities[entity] : undefined
  return { delivery: idAt('deliveryId'), client: idAt('clientId'), ...(own === undefined ? {} : { [own]: idAt('id') }) }
}
