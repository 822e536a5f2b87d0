import type { Selection } from '#shared/contract/bulk-changes.ts'
import type { Client, ClientSortField } from '#shared/contract/clients.ts'
import { clientFieldNames, clientFields } from '#shared/domain/client-fields.ts'
import { fromInstant } from '../base/clock.ts'
import type { ClientReads } from '../store/ports/clients.ts'
import { type Cell, type ExportColumn, type ExportTable, maxPageRows } from './table.ts'

const columns: readonly ExportColumn[] = [
  ...clientFieldNames.map((key): ExportColumn => ({ key, kind: 'text', width: clientFields[key].exportWidth })),
  { key: 'optedOutAt', kind: 'instant' },
  { key: 'createdAt', kind: 'instant' },
  { key: 'updatedAt', kind: 'instant' },
  { key: 'id', kind: 'number', width: 10 },
]

interface Order {
  readonly sortBy: ClientSortField
  readonly descending: boolean
}

/** Returns the table of clients with all fields. Tags are in one cell, in the format that the import accepts. */
export async function clientsTable(directory: ClientReads, selection: Selection, order: Order): Promise<ExportTable> {
  const { attributes } = await directory.facets()
  return {
    columns: [
      ...columns,
      ...attributes.map((name): ExportColumn => ({ key: name, kind: 'text', title: name, width: 18 })),
    ],
    total: await sizeOf(directory, selection),
    async *pages() {
      for await (const clients of selected(directory, selection, order))
        yield clients.map((client) => rowOf(client, attributes))
    },
  }
}

function rowOf(client: Client, attributes: readonly string[]): Cell[] {
  return [
    ...clientFieldNames.map((field) => (field === 'tags' ? client.tags.join(';') : client[field])),
    client.optedOutAt === null ? null : fromInstant(client.optedOutAt),
    fromInstant(client.createdAt),
    fromInstant(client.updatedAt),
    client.id,
    ...attributes.map((name) => client.attributes[name] ?? null),
  ]
}

async function sizeOf(directory: ClientReads, selection: Selection): Promise<number> {
  if (selection.kind === 'ids') return new Set(selection.ids).size
  return Math.max(0, (await directory.count(selection.query)) - selection.exceptIds.length)
}

async function* selected(directory: ClientReads, selection: Selection, order: Order): AsyncGenerator<Client[], void> {
  if (selection.kind === 'ids') {
    const ids = [...new Set(selection.ids)].toSorted((a, b) => a - b)
    for (let begin = 0; begin < ids.length; begin += maxPageRows)
      yield directory.byIds(ids.slice(begin, begin + maxPageRows))
    return
  }
  const except = new Set(selection.exceptIds)
  let cursor: string | undefined
  do {
    const page = await directory.listUncounted({ ...selection.query, ...order, cursor, limit: maxPageRows })
    yield page.items.filter(({ id }) => !except.has(id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
