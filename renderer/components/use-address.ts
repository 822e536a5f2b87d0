import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/**
 * What stands in the address after the question mark, and a way to change it. A change begins with what stands there now, not
 * with what was drawn last: two that follow each other closely both stay.
 */
export function useAddress(): [URLSearchParams, (change: (next: URLSearchParams) => void, replace: boolean) => void] {
  const [params, setParams] = useSearchParams()
  const change = useCallback(
    (how: (next: URLSearchParams) => void, replace: boolean) => {
      const [, present = ''] = window.location.hash.split('?', 2)
      const next = new URLSearchParams(present)
      how(next)
      setParams(next, { replace })
    },
    [setParams],
  )
  return [params, change]
}
