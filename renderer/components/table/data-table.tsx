import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo } from 'react'
import { ErrorState, QueryState } from '../states.tsx'
import type { VirtualTableProps } from './table-props.ts'
import { VirtualTable } from './virtual-table.tsx'

/** A keyset page of the contract. */
export interface Page<Row> {
  readonly items: readonly Row[]
  readonly nextCursor: string | null
  /** How many there are in all, where that is known. */
  readonly count?: number
}

interface DataTableProps<Row> extends Omit<VirtualTableProps<Row>, 'rows' | 'total' | 'onEnd' | 'children'> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<Row>, unknown>, unknown>
  /** What stands there when there is not one row. */
  readonly empty: ReactNode
}

/**
 * A table over the engine's keyset pages: reads on as one scrolls, and shows a skeleton, an error or the empty state in
 * its place. The pages come from `useInfiniteQuery(orpc.….infiniteOptions({ ...pages, input: (cursor) => … }))`.
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

/** How keyset pages follow each other, for `infiniteOptions`. */
export const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly nextCursor: string | null }) => page.nextCursor ?? undefined,
}
