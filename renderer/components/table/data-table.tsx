import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo } from 'react'
import { ErrorState, QueryState } from '../states.tsx'
import type { VirtualTableProps } from './table-props.ts'
import { VirtualTable } from './virtual-table.tsx'

/** A keyset page of the contract. */
export interface KeysetPage<Row> {
  readonly items: readonly Row[]
  readonly nextCursor: string | null
  /** The total number of rows, if it is known. */
  readonly count?: number
}

interface DataTableProps<Row> extends Omit<VirtualTableProps<Row>, 'rows' | 'total' | 'onEnd' | 'children'> {
  readonly query: UseInfiniteQueryResult<InfiniteData<KeysetPage<Row>, unknown>, unknown>
  /** Shown if there are no rows. */
  readonly empty: ReactNode
}

/**
 * A table over the engine's keyset pages: loads the next page on scroll and shows a skeleton, an error or the empty
 * state. The pages come from `useInfiniteQuery(orpc.….infiniteOptions({ ...pages, input: (cursor) => … }))`.
 */
export function DataTable<Row>({ query, empty, ...table }: DataTableProps<Row>) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  if (data === undefined) return <QueryState query={query} lines={12} />
  if (rows.length === 0) return empty
  return (
    <VirtualTable {...table} rows={rows} total={Math.max(rows.length, data.pages[0]?.count ?? 0)} onEnd={readOn}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void fetchNextPage()} />}
    </VirtualTable>
  )
}

/** How to find the next keyset page, for `infiniteOptions`. */
export const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly nextCursor: string | null }) => page.nextCursor ?? undefined,
}
