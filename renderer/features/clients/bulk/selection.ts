import { useCallback, useMemo, useState } from 'react'
import type { Selection } from '#shared/contract/bulk-changes.ts'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import type { RowSelection } from '../../../components/table/table-props.ts'

interface Chosen {
  /** If true, everybody the query finds is selected except `marked`; otherwise only `marked` is. */
  readonly all: boolean
  readonly marked: ReadonlySet<number>
}

const nobody: Chosen = { all: false, marked: new Set() }

export interface ClientSelection {
  readonly rows: RowSelection<{ readonly id: number }>
  /** The number of selected clients, given the number found. */
  readonly size: (found: number) => number
  /** Null: nobody is selected. */
  readonly selection: Selection | null
  clear(): void
}

/** The clients that the user selected in the list, across its pages; a new filter clears the selection. */
export function useClientSelection(query: ClientQuery): ClientSelection {
  const key = JSON.stringify(query)
  const [stored, setStored] = useState({ key, chosen: nobody })
  if (stored.key !== key) setStored({ key, chosen: nobody })
  const { all, marked } = stored.key === key ? stored.chosen : nobody

  const choose = useCallback(
    (next: Chosen | ((old: Chosen) => Chosen)) =>
      setStored((old) => ({ ...old, chosen: typeof next === 'function' ? next(old.chosen) : next })),
    [],
  )
  const rows = useMemo(
    () => ({
      isSelected: (row: { readonly id: number }) => marked.has(row.id) !== all,
      state:
        all && marked.size === 0 ? ('all' as const) : all || marked.size > 0 ? ('some' as const) : ('none' as const),
      set: (changed: readonly { readonly id: number }[], isSelected: boolean) =>
        choose((old) => {
          const next = new Set(old.marked)
          for (const { id } of changed) {
            if (isSelected !== old.all) next.add(id)
            else next.delete(id)
          }
          return { ...old, marked: next }
        }),
      setAll: (isSelected: boolean) => choose({ all: isSelected, marked: new Set() }),
    }),
    [all, marked, choose],
  )
  const selection: Selection | null = all
    ? { kind: 'query', query, exceptIds: [...marked] }
    : marked.size > 0
      ? { kind: 'ids', ids: [...marked] }
      : null
  return {
    rows,
    size: (found) => (all ? Math.max(0, found - marked.size) : marked.size),
    selection,
    clear: useCallback(() => choose(nobody), [choose]),
  }
}
