import { useMemo } from 'react'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import type { ClientSortField } from '#shared/contract/clients.ts'
import { type FieldFilterName, type FilteredField, fieldFilters } from '#shared/domain/client-fields.ts'
import type { Sort } from '../../components/table/table-props.ts'
import { useUrlParams } from '../../components/use-url-params.ts'

const sortFields: readonly ClientSortField[] = ['id', 'phone', 'name', 'createdAt']

export type ListedName = 'tag' | 'withoutTag' | FilteredField

/** The properties that accept several values, by their parameter names in the URL. */
const listed: readonly { readonly name: ListedName; readonly property: 'tags' | 'excludeTags' | FieldFilterName }[] = [
  { name: 'tag', property: 'tags' },
  { name: 'withoutTag', property: 'excludeTags' },
  ...fieldFilters.map(({ field, name }) => ({ name: field, property: name })),
]

/** One condition that narrows the list. */
export interface Chip {
  readonly name: ListedName | 'optedOut'
  readonly value: string
}

export interface ClientFilters {
  readonly query: ClientQuery
  readonly sort: { readonly by: ClientSortField; readonly descending: boolean }
  /** Whether any condition narrows the list. */
  readonly narrowed: boolean
  /** The conditions besides the search, in the order of the URL. */
  readonly chips: readonly Chip[]
  search(text: string): void
  /** Adds one condition. */
  add(chip: Chip): void
  remove(chip: Chip): void
  clear(): void
  sortBy(sort: Sort): void
}

/** Which clients are listed, kept in the URL, so that back, forward and reload show the same list. */
export function useClientFilters(): ClientFilters {
  const { params, change: changeAddress, put } = useUrlParams()
  const { query, sort, chips } = useMemo(() => read(params), [params])

  const change = (how: (next: URLSearchParams) => void) => changeAddress(how, true)
  return {
    query,
    sort,
    chips,
    narrowed: Object.keys(query).length > 0,
    search: (text) => put('search', text),
    add: ({ name, value }) =>
      change((next) => {
        if (name === 'optedOut') next.set(name, value)
        else if (!next.has(name, value)) next.append(name, value)
      }),
    remove: ({ name, value }) => change((next) => next.delete(name, value)),
    clear: () =>
      change((next) =>
        ['search', 'optedOut', ...listed.map(({ name }) => name)].forEach((name) => void next.delete(name)),
      ),
    sortBy: ({ by, descending }) =>
      change((next) => {
        next.set('sortBy', by)
        next.set('descending', String(descending))
      }),
  }
}

function read(params: URLSearchParams): Pick<ClientFilters, 'query' | 'sort' | 'chips'> {
  const query: ClientQuery = {}
  const chips: Chip[] = []
  const search = params.get('search')
  if (search !== null) query.search = search
  for (const { name, property } of listed) {
    const values = params.getAll(name)
    if (values.length > 0) query[property] = values
    chips.push(...values.map((value) => ({ name, value })))
  }
  const optedOut = params.get('optedOut')
  if (optedOut !== null) {
    query.optedOut = optedOut === 'true'
    chips.push({ name: 'optedOut', value: optedOut })
  }
  const by = sortFields.find((field) => field === params.get('sortBy')) ?? 'id'
  // The newest first by default: a client that was just added is at the top.
  const descending = params.get('descending') === null ? by === 'id' : params.get('descending') === 'true'
  return { query, sort: { by, descending }, chips }
}
