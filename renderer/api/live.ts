import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import type { Channel } from '#shared/contract/gateway.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { client } from './client.ts'
import { isLockedError } from './errors.ts'
import { type CacheUpdater, createCacheUpdater } from './live-cache.ts'
import { refreshLock } from './lock.ts'
import { createSharedState } from './shared-state.ts'

/** `lost`: what the screen shows may be old until the stream is back. */
export type Connection = 'connecting' | 'live' | 'lost'

/** How fast a running delivery gets final results. */
export interface DeliveryRate {
  /** Messages per second now. */
  readonly perSecond: number
  /** Messages per second over the last minute: one value for each second with an event. */
  readonly recentRates: readonly number[]
}

/** What the event stream reports that no query returns. */
interface LiveState {
  readonly connection: Connection
  /** Null until the engine has reported it. */
  readonly channel: Channel | null
  /** By the id of each running delivery; `second` is the Unix second of the newest value. */
  readonly rates: ReadonlyMap<number, DeliveryRate & { readonly second: number }>
}

const firstRetryMs = 250
const maxRetryMs = 10_000
/** One minute: the state does not grow with the length of a delivery. */
const maxRecentRates = 60
const notMoving: DeliveryRate = { perSecond: 0, recentRates: [] }

const live = createSharedState<LiveState>({ connection: 'connecting', channel: null, rates: new Map() })

/** How fast a delivery moves now; zero if it is not running or nothing is known. */
export function useDeliveryRate(id: number): DeliveryRate {
  return live.usePart(({ rates }) => rates.get(id) ?? notMoving)
}

/** Whether messages can go out; null until the engine has reported it. */
export function useChannel(): Channel | null {
  return live.usePart(({ channel }) => channel)
}

/** Whether the event stream of the engine is connected. */
export function useConnection(): Connection {
  return live.usePart(({ connection }) => connection)
}

/** Follows the engine's events while the console is open and keeps every query up to date. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient()
  useEffect(() => {
    const abort = new AbortController()
    void followEvents(createCacheUpdater(cache), abort.signal)
    return () => abort.abort()
  }, [cache])
  return children
}

async function followEvents(updater: CacheUpdater, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs
  let hasMissedEvents = false
  while (!signal.aborted) {
    try {
      const events = await client.progress.live(undefined, { signal })
      // The stream reports only changes, so the present state is read once.
      const channel = await client.gateway.channel(undefined, { signal })
      update({ connection: 'live', channel })
      retryMs = firstRetryMs
      if (hasMissedEvents) {
        updater.everything()
        void refreshLock()
      }
      for await (const event of events) apply(event, updater)
    } catch (error) {
      if (isLockedError(error)) void refreshLock()
      // The reaction to any other error is the same: show that the stream is lost, and retry.
    }
    if (signal.aborted) return
    // Nothing is known about speeds while no events arrive.
    update({ connection: 'lost', rates: new Map() })
    hasMissedEvents = true
    await wait(retryMs, signal)
    retryMs = Math.min(retryMs * 2, maxRetryMs)
  }
}

function apply(event: ProgressEvent, updater: CacheUpdater): void {
  switch (event.type) {
    case 'delivery':
      setRate(event.id, event.status === 'running' ? event.perSecond : null, Date.now())
      updater.delivery(event)
      return
    case 'channel':
      update({ channel: event.channel })
      return
    case 'changed':
      updater.changed(event.entity)
      if (event.entity === 'lock') void refreshLock()
      return
    default:
      assertNever(event)
  }
}

/** Records how fast a delivery is at a moment (ms); null removes one that is not running. */
function setRate(deliveryId: number, perSecond: number | null, at: number): void {
  const known = live.get().rates.get(deliveryId)
  const second = Math.floor(at / 1000)
  const isNewSecond = known?.second !== second
  if (perSecond === null ? known === undefined : known?.perSecond === perSecond && !isNewSecond) return
  const rates = new Map(live.get().rates)
  if (perSecond === null) {
    rates.delete(deliveryId)
  } else {
    const recent = known?.recentRates ?? []
    const recentRates = isNewSecond ? [...recent, perSecond].slice(-maxRecentRates) : recent
    rates.set(deliveryId, { perSecond, recentRates, second })
  }
  update({ rates })
}

function update(part: Partial<LiveState>): void {
  live.set({ ...live.get(), ...part })
}

/** Resolves after `ms` milliseconds, or at once when the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
