import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

export interface UrlParams {
  /** What stands after the question mark. */
  readonly params: URLSearchParams
  /**
   * A change begins with what stands there now, not with what was drawn last: two that follow each other closely both stay.
   * `replace`: the way back does not lead to what stood there before.
   */
  change(how: (next: URLSearchParams) => void, replace: boolean): void
  /** Writes one value; null and nothing take it away. The way back does not lead to the old one. */
  put(name: string, value: string | null): void
}

/** What stands in the address after the question mark, and the ways to change it. */
export function useUrlParams(): UrlParams {
  const [params, setParams] = useSearchParams()
  const change = useCallback<UrlParams['change']>(
    (how, replace) => {
      const [, present = ''] = window.location.hash.split('?', 2)
      const next = new URLSearchParams(present)
      how(next)
      setParams(next, { replace })
    },
    [setParams],
  )
  const put = useCallback<UrlParams['put']>(
    (name, value) => change((next) => setParam(next, name, value), true),
    [change],
  )
  return { params, change, put }
}

/** Writes one value of an address; null and nothing take it away. */
export function setParam(address: URLSearchParams, name: string, value: string | null): void {
  if (value === null || value === '') address.delete(name)
  else address.set(name, value)
}

/** The id that stands in an address, or null when it is none. */
export function parseId(value: string | null): number | null {
  return value !== null && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null
}
