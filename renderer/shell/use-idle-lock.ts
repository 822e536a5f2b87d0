import { useEffect } from 'react'
import { lockNow } from '../api/lock.ts'
import { msUntilIdle, recordPresence } from '../api/user-presence.ts'

/** A pointer moves a hundred times a second; so often it is written down. */
const noteEveryMs = 1000
const tryAgainMs = 5000
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Locks after so many minutes in which nobody touched any window of the console; null: never. */
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
      // Should the word not get through, it is said again.
      lockNow().catch(() => wait(tryAgainMs))
    }
    function onSign(): void {
      const now = Date.now()
      if (Math.abs(now - notedAt) < noteEveryMs) return
      notedAt = now
      // Timers stand still while a machine sleeps: the touch that wakes it comes too late.
      if (msUntilIdle(idleMinutes) <= 0) look()
      else recordPresence()
    }

    // Before idleness mattered nothing was written down; a window that was opened too late is locked before it gets here.
    recordPresence()
    look()
    for (const sign of signs) window.addEventListener(sign, onSign, { passive: true, capture: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true })
    }
  }, [minutes])
}
