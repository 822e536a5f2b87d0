import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useLock } from '../api/lock.ts'
import { useIdleLock } from './use-idle-lock.ts'

const LockScreen = lazy(async () => ({ default: (await import('./lock/lock-screen.tsx')).LockScreen }))

/**
 * Renders the console only when the engine has reported that it is unlocked. When it locks, the page reloads, so that
 * no answer, draft or notice stays in memory; its URL stays.
 */
export function LockGate({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient()
  const lock = useLock()
  const wasOpen = useRef(false)
  useEffect(() => {
    if (lock === null) return
    if (!lock.isLocked) {
      wasOpen.current = true
    } else if (wasOpen.current) {
      cache.clear()
      window.location.reload()
    }
  }, [lock, cache])

  if (lock === null || (lock.isLocked && wasOpen.current)) return null
  if (lock.isLocked)
    return (
      <Suspense>
        <LockScreen />
      </Suspense>
    )
  return (
    <>
      <Idleness minutes={lock.hasPassphrase ? lock.idleMinutes : null} />
      {children}
    </>
  )
}

function Idleness({ minutes }: { readonly minutes: number | null }) {
  useIdleLock(minutes)
  return null
}
