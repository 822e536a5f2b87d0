import type * as z from 'zod'
import { InvalidInputError } from '../errors.ts'

/** The opaque word for the place where the next page begins. */
export function encodeCursor(place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place that a cursor stands for. Throws `InvalidInputError` on `cursor` when it is none of this list's. */
export function decodeCursor<Place>(cursor: string, place: z.ZodType<Place>): Place {
  const read = place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (read.success) return read.data
  throw new InvalidInputError([{ path: 'cursor', code: 'cursor_foreign' }])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is no cursor either; the schema says so.
    return undefined
  }
}
