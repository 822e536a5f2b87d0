import type { Channel } from '#shared/contract/gateway.ts'

/** `lost`: nothing on the screen is known to be fresh until the stream is back. */
export type Connection = 'connecting' | 'live' | 'lost'

/** What the stream of progress tells that is not the answer to any query. */
export interface LiveState {
  readonly connection: Connection
  /** Null until the engine has told. */
  readonly channel: Channel | null
  /** Messages per second of the deliveries that are moving. */
  readonly perSecond: ReadonlyMap<number, number>
}

let state: LiveState = { connection: 'connecting', channel: null, perSecond: new Map() }
const listeners = new Set<() => void>()

/** The state at this moment; the same object until something changes. */
export function readLiveState(): LiveState {
  return state
}

/** Calls back after every change, until the returned function is called. */
export function subscribeToLiveState(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function setConnection(connection: Connection): void {
  if (connection === state.connection) return
  // What moved at which speed is not known while nobody tells.
  change({ connection, ...(connection === 'lost' ? { perSecond: new Map<number, number>() } : {}) })
}

export function setChannel(channel: Channel): void {
  change({ channel })
}

/** Zero forgets the delivery. */
export function setPerSecond(deliveryId: number, rate: number): void {
  if ((state.perSecond.get(deliveryId) ?? 0) === rate) return
  const perSecond = new Map(state.perSecond)
  if (rate === 0) perSecond.delete(deliveryId)
  else perSecond.set(deliveryId, rate)
  change({ perSecond })
}

function change(part: Partial<LiveState>): void {
  state = { ...state, ...part }
  for (const listener of listeners) listener()
}
