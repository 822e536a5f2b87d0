import { type LocalWindow, opensAt } from '#shared/domain/sending-window.ts'

/** What decides whether a message may go out at this moment. */
export interface Candidate {
  readonly clientId: number | null
  readonly optedOutAt: number | null
  readonly timeZone: string | null
}

export type Permission =
  | { readonly kind: 'go' }
  /** Never: the client is gone or has opted out. */
  | { readonly kind: 'cancel' }
  /** Not before the client's window opens. */
  | { readonly kind: 'wait'; readonly until: number }

const go: Permission = { kind: 'go' }
const cancel: Permission = { kind: 'cancel' }

/** The checks before each request that look at the client (DOMAIN, rules of sending, 2). Pure. */
export function maySend(candidate: Candidate, window: LocalWindow | null, now: number): Permission {
  if (candidate.clientId === null || candidate.optedOutAt !== null) return cancel
  if (window === null || candidate.timeZone === null) return go
  const until = opensAt(window, candidate.timeZone, now)
  return until <= now ? go : { kind: 'wait', until }
}
