import { ORPCError } from '@orpc/client'
import { type ActivityEvent, fieldsOf } from '../base/trace-line.ts'
import { api } from './parts.ts'

/** What the `id` of an input is, by the entity that is called. */
const entities: Readonly<Record<string, string>> = { clients: 'client', deliveries: 'delivery', messages: 'message' }

/** A middleware for the whole router: one line for each call through any door, with the ids that it names and how it ended. */
export function logCalls(log: (text: string) => void) {
  return api.middleware(async ({ next, path }, input) => {
    // To read the log must not make it grow: whoever follows it would be told of nothing else.
    if (path[0] === 'log') return next()
    const begunAt = performance.now()
    const tell = (outcome: string): void => {
      const ms = Math.round(performance.now() - begunAt)
      log(fieldsOf({ call: path.join('.'), ...idsIn(path[0] ?? '', input), ms, outcome }))
    }
    try {
      const result = await next()
      tell('ok')
      return result
    } catch (error) {
      tell(error instanceof ORPCError ? error.code : 'failed')
      throw error
    }
  })
}

/** The ids of an input, which has not been checked yet: it may be anything. */
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
