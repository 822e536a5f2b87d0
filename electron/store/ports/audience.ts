import type { MergeField } from '#shared/domain/client-fields.ts'
import type { Filter } from '#shared/domain/filter.ts'

/** A member of an audience, with the values that a text may use. */
export interface AudienceMember extends Readonly<Record<MergeField, string>> {
  readonly id: number
  readonly phone: string
  /** JSON object of strings. */
  readonly attributes: string
}

/** Questions about the clients that a filter selects. Clients who have opted out are never among them. */
export interface AudienceReads {
  /** Returns the size of an audience, and how many more clients match but have opted out. */
  count(filter: Filter): Promise<{ readonly clients: number; readonly optedOut: number }>
  /** Returns the number of an audience's clients in each time zone. */
  countByZone(filter: Filter): Promise<{ readonly timeZone: string; readonly clients: number }[]>
  /** Returns how many of an audience have no value for this variable of a text. */
  countWithout(filter: Filter, variable: string): Promise<number>
  /** Returns the next members by id, after `afterId`. A client who joins or leaves meanwhile is returned at most once. */
  next(filter: Filter, afterId: number, limit: number): Promise<AudienceMember[]>
  /** Returns one client, whether or not a filter selects them; undefined when the client does not exist. */
  member(clientId: number): Promise<AudienceMember | undefined>
}
