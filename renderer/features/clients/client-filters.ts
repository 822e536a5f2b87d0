import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { ClientQuery, ClientSortField } from '#shared/contract/clients.ts'
import type { Sort } from '../../components/virtual-table.tsx'

const sortFields: readonly ClientSortField[] = ['id', 'phone', 'name', 'createdAt']

export interface ClientFilters {
  readonly query: ClientQuery
  readonly sort: { readonly by: ClientSortField; readonly descending: boolean }
  /** Whether anything narrows the list. */
  readonly narrowed: boolean
  /** Fields left out stay; undefined takes the filter away. */
  narrow(part: { readonly [field in keyof ClientQuery]?: ClientQuery[field] | undefined }): void
  clear(): void
  sortBy(sort: Sort): void
}

/** Which clients are listed, kept in the address, so that back, forward and a reload lead to the same list. */
export function useClientFilters(): ClientFilters {
  const [params, setParams] = useSearchParams()
  const { query, sort } = useMemo(() => read(params), [params])

  const set = useCallback(
    (part: Readonly<Record<string, string | boolean | undefined>>) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          for (const [name, value] of Object.entries(part)) {
            if (value === undefined || value === '') next.delete(name)
            else next.set(name, String(value))
          }
          return next
        },
        { replace: true },
      ),
    [setParams],
  )

  return {
    query,
    sort,
    narrowed: Object.keys(query).length > 0,
    narrow: set,
    clear: () => set(Object.fromEntries(Object.keys(query).map((name) => [name, undefined]))),
    sortBy: ({ by, descending }) => set({ sortBy: by, descending }),
  }
}

function read(params: URLSearchParams): Pick<ClientFilters, 'query' | 'sort'> {
  const query: ClientQuery = {}
  for (const name of ['search', 'operatorCode', 'tag', 'timeZone'] as const) {
    const value = params.get(name)
    if (value !== null) query[name] = value
  }
  const optedOut = params.get('optedOut')
  if (optedOut !== null) query.optedOut = optedOut === 'true'
  const by = sortFields.find((field) => field === params.get('sortBy')) ?? 'id'
  // The newest first unless asked otherwise: whoever was just added stands at the top.
  const descending = params.get('descending') === null ? by === 'id' : params.get('descending') === 'true'
  return { query, sort: { by, descending } }
}
