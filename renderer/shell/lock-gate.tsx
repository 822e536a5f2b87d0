import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useLock } from '../api/lock.ts'
import { useIdleLock } from './use-idle-lock.ts'

const LockScreen = lazy(async () => ({ default: (await import('./lock/lock-screen.tsx')).LockScreen }))

/**
 * Stands before the whole console: nothing of it is drawn until the engine has said that it is open. When it locks, everything is
 * taken down and the page loaded anew, so that no answer, draft or notice of before stays in its memory; its address stays.
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
