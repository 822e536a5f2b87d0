import { Tooltip } from '@mantine/core'
import { useCallback, useSyncExternalStore } from 'react'
import { useFormat } from './format.ts'

const tickMs = 15_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** The present time in milliseconds, updated every 15 seconds: one clock for every relative time on the screen. */
export function useNow(): number {
  return useSyncExternalStore(listenToClock, () => now)
}

function listenToClock(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, tickMs)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** Whether a moment has passed; the component renders again when it does. */
export function useIsPast(at: string | null): boolean {
  const moment = at === null ? Number.POSITIVE_INFINITY : Date.parse(at)
  const subscribe = useCallback(
    (listener: () => void) => {
      const leftMs = moment - Date.now()
      // Timers are limited to 32 bits (24 days), longer than a screen stays open.
      if (leftMs <= 0 || leftMs > 2 ** 31 - 1) return () => undefined
      const timer = setTimeout(listener, leftMs + 1)
      return () => clearTimeout(timer)
    },
    [moment],
  )
  return useSyncExternalStore(subscribe, () => moment <= Date.now())
}

/** `5 minutes ago`, with the exact time as a tooltip. */
export function RelativeTime({ at }: { readonly at: string }) {
  const format = useFormat()
  return (
    <Tooltip label={format.exactMoment(at)}>
      <time dateTime={at}>{format.relative(at, useNow())}</time>
    </Tooltip>
  )
}

/** A short time for tables: without the present year, and with the full time as a tooltip. */
export function ShortTime({ at }: { readonly at: string }) {
  const format = useFormat()
  const now = useNow()
  return (
    <Tooltip label={`${format.exactMoment(at)} (${format.relative(at, now)})`}>
      <time dateTime={at}>{format.shortMoment(at, now)}</time>
    </Tooltip>
  )
}
