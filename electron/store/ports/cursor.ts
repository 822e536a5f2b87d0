import type * as z from 'zod'
import { InvalidInputError } from '../errors.ts'

/** Returns an opaque cursor for the position where the next page begins. */
export function encodeCursor(place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Returns the position in a cursor. Throws `InvalidInputError` on `cursor` if it does not belong to this list. */
export function decodeCursor<Place>(cursor: string, place: z.ZodType<Place>): Place {
  const read = place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (read.success) return read.data
  throw new InvalidInputError([{ path: 'cursor', code: 'cursor_foreign' }])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Text that is not JSON is not a cursor; the schema rejects it.
    return undefined
  }
}
