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
  /** The same over the last minute, one figure for each second in which something was told. */
  readonly recentRates: ReadonlyMap<number, readonly number[]>
}

let state: LiveState = { connection: 'connecting', channel: null, perSecond: new Map(), recentRates: new Map() }
/** A minute's worth: the page stays as small after an hour as after a minute. */
const keptRates = 60
const nothingMoves = { perSecond: new Map<number, number>(), recentRates: new Map<number, readonly number[]>() }
/** The second that a delivery's newest figure belongs to. */
const rateSeconds = new Map<number, number>()
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
  change({ connection, ...(connection === 'lost' ? nothingMoves : {}) })
}

export function setChannel(channel: Channel): void {
  change({ channel })
}

/** How fast a running delivery goes at a moment (ms); null forgets one that does not run. */
export function setPerSecond(deliveryId: number, rate: number | null, at: number): void {
  const known = state.perSecond.get(deliveryId)
  if (rate === null) {
    rateSeconds.delete(deliveryId)
    if (known === undefined) return
    change({
      perSecond: without(state.perSecond, deliveryId),
      recentRates: without(state.recentRates, deliveryId),
    })
    return
  }
  const second = Math.floor(at / 1000)
  const isNewSecond = rateSeconds.get(deliveryId) !== second
  if (known === rate && !isNewSecond) return
  rateSeconds.set(deliveryId, second)
  const rates = state.recentRates.get(deliveryId) ?? []
  change({
    perSecond: new Map(state.perSecond).set(deliveryId, rate),
    recentRates: isNewSecond
      ? new Map(state.recentRates).set(deliveryId, [...rates, rate].slice(-keptRates))
      : state.recentRates,
  })
}

function without<Value>(map: ReadonlyMap<number, Value>, key: number): Map<number, Value> {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

function change(part: Partial<LiveState>): void {
  state = { ...state, ...part }
  for (const listener of listeners) listener()
}
