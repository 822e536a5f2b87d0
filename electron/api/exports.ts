import { createExports } from '../exports/write-export.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for exported files. */
export function exportsApi({ store, clock, untilLocked }: Parts) {
  const exports = createExports(store, clock)
  return {
    write: api.exports.write.handler(({ input, signal }) => exports.write(input, untilLocked(signal))),
    taken: api.exports.taken.handler(({ input }) => exports.taken(input.exportId)),
  }
}
