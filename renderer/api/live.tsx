import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import type { Channel } from '#shared/contract/gateway.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { client } from './client.ts'
import { isLockedError } from './errors.ts'
import { createCacheUpdater } from './live-cache.ts'
import {
  type Connection,
  readLiveState,
  setChannel,
  setConnection,
  setPerSecond,
  subscribeToLiveState,
} from './live-state.ts'
import { refreshLock } from './lock.ts'

const firstPauseMs = 250
const maxPauseMs = 10_000
const noRates: readonly number[] = []

/** Listens to the engine for as long as the console is open, and keeps every query's answer fresh. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient()
  useEffect(() => {
    const leaving = new AbortController()
    void follow(createCacheUpdater(cache), leaving.signal)
    return () => leaving.abort()
  }, [cache])
  return children
}

/** How fast a delivery moves at this moment: messages that got their final result, per second. */
export function useLiveDelivery(id: number): { readonly perSecond: number; readonly recentRates: readonly number[] } {
  const perSecond = useSyncExternalStore(subscribeToLiveState, () => readLiveState().perSecond.get(id) ?? 0)
  const recentRates = useSyncExternalStore(subscribeToLiveState, () => readLiveState().recentRates.get(id) ?? noRates)
  return { perSecond, recentRates }
}

/** Whether messages can go out at all; null until the engine has told. */
export function useChannel(): Channel | null {
  return useSyncExternalStore(subscribeToLiveState, () => readLiveState().channel)
}

/** Whether the engine can be heard. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribeToLiveState, () => readLiveState().connection)
}

type CacheUpdater = ReturnType<typeof createCacheUpdater>

async function follow(updater: CacheUpdater, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  let missedEvents = false
  while (!signal.aborted) {
    try {
      const events = await client.progress.live(undefined, { signal })
      // The stream tells only of changes, so what stood before is asked for once.
      setChannel(await client.gateway.channel(undefined, { signal }))
      setConnection('live')
      pauseMs = firstPauseMs
      if (missedEvents) {
        updater.everything()
        void refreshLock()
      }
      for await (const event of events) take(event, updater)
    } catch (error) {
      if (isLockedError(error)) void refreshLock()
      // Whatever broke the stream, the answer is the same: say that it is lost, and try again.
    }
    if (signal.aborted) return
    setConnection('lost')
    missedEvents = true
    await pause(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, maxPauseMs)
  }
}

function take(event: ProgressEvent, updater: CacheUpdater): void {
  switch (event.type) {
    case 'delivery':
      setPerSecond(event.id, event.status === 'running' ? event.perSecond : null, Date.now())
      updater.delivery(event)
      return
    case 'channel':
      setChannel(event.channel)
      return
    case 'changed':
      updater.changed(event.entity)
      if (event.entity === 'lock') void refreshLock()
      return
    default:
      assertNever(event)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
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
