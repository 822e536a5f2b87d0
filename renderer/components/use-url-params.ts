import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

export interface UrlParams {
  /** The query part of the URL. */
  readonly params: URLSearchParams
  /**
   * Changes the present parameters, not those of the last render, so that two quick changes are both kept. `replace`:
   * no new history entry.
   */
  change(how: (next: URLSearchParams) => void, replace: boolean): void
  /** Sets one parameter without a new history entry; null and the empty string remove it. */
  put(name: string, value: string | null): void
}

/** The parameters in the URL and functions to change them. */
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

/** Sets one parameter; null and the empty string remove it. */
export function setParam(address: URLSearchParams, name: string, value: string | null): void {
  if (value === null || value === '') address.delete(name)
  else address.set(name, value)
}

/** The id in a parameter; null if it is not a valid id. */
export function parseId(value: string | null): number | null {
  return value !== null && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null
}
