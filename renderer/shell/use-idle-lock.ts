import { useEffect } from 'react'
import { lockNow } from '../api/lock.ts'
import { msUntilIdle, recordPresence } from '../api/user-presence.ts'

/** A pointer moves a hundred times a second; activity is recorded this often. */
const recordEveryMs = 1000
const retryMs = 5000
const activityEvents = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Locks the program after `minutes` without activity in any window; null: never. */
export function useIdleLock(minutes: number | null): void {
  useEffect(() => {
    if (minutes === null) return
    const idleMinutes = minutes
    let recordedAt = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const schedule = (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(lockIfIdle, ms)
    }
    function lockIfIdle(): void {
      const leftMs = msUntilIdle(idleMinutes)
      if (leftMs > 0) return schedule(leftMs)
      // If the call fails, try again.
      lockNow().catch(() => schedule(retryMs))
    }
    function onActivity(): void {
      const now = Date.now()
      if (Math.abs(now - recordedAt) < recordEveryMs) return
      recordedAt = now
      // Timers pause while the machine sleeps, so that the activity that wakes it may come too late.
      if (msUntilIdle(idleMinutes) <= 0) lockIfIdle()
      else recordPresence()
    }

    // Nothing was recorded before. A window opened too late is locked before this runs.
    recordPresence()
    lockIfIdle()
    for (const event of activityEvents) window.addEventListener(event, onActivity, { passive: true, capture: true })
    return () => {
      clearTimeout(timer)
      for (const event of activityEvents) window.removeEventListener(event, onActivity, { capture: true })
    }
  }, [minutes])
}
