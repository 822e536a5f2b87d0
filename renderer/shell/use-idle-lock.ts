import { useEffect } from 'react'
import { lockNow } from '../api/lock.ts'
import { msUntilIdle, recordPresence } from '../api/user-presence.ts'

/** A pointer moves a hundred times a second; activity is recorded this often. */
const noteEveryMs = 1000
const tryAgainMs = 5000
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Locks the program after `minutes` without activity in any window; null: never. */
export function useIdleLock(minutes: number | null): void {
  useEffect(() => {
    if (minutes === null) return
    const idleMinutes = minutes
    let notedAt = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const wait = (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(look, ms)
    }
    function look(): void {
      const rest = msUntilIdle(idleMinutes)
      if (rest > 0) return wait(rest)
      // If the call fails, try again.
      lockNow().catch(() => wait(tryAgainMs))
    }
    function onSign(): void {
      const now = Date.now()
      if (Math.abs(now - notedAt) < noteEveryMs) return
      notedAt = now
      // Timers pause while the machine sleeps, so that the activity that wakes it may come too late.
      if (msUntilIdle(idleMinutes) <= 0) look()
      else recordPresence()
    }

    // Nothing was recorded before. A window opened too late is locked before this runs.
    recordPresence()
    look()
    for (const sign of signs) window.addEventListener(sign, onSign, { passive: true, capture: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true })
    }
  }, [minutes])
}
