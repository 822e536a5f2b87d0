import type { ClientRestQuery } from '#shared/contract/clients.ts'
import { fieldFilters } from '#shared/domain/client-fields.ts'
import { changeMany, undoMany } from '../clients/bulk/change-many.ts'
import { optOut } from '../clients/do-not-contact/opt-out.ts'
import { openCurrentImport } from '../clients/import/current-import.ts'
import { importFile } from '../clients/import/import-file.ts'
import { recallColumns } from '../clients/import/remembered-columns.ts'
import { beginningOfTable } from '../clients/import/table-beginning.ts'
import type { Offset } from '../store/ports/paging.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for clients. */
export function clientsApi({ store, events, clock, jobs, sender, untilLocked }: Parts) {
  const publishChange = () => events.publish({ type: 'changed', entity: 'clients' })
  /** Publishes a committed change. Wakes the sender if the change cancelled queued messages. */
  function publishCancelled(messages: number): void {
    publishChange()
    if (messages === 0) return
    events.publish({ type: 'changed', entity: 'deliveries' })
    sender.wake()
  }

  const imports = openCurrentImport({ store, clock, jobs, onChanged: publishCancelled })

  return {
    list: api.clients.list.handler(({ input }) => store.read.clients.list(input)),
    page: api.clients.page.handler(async ({ input }) => {
      const { count, results } = await store.read.clients.page(listQuery(input))
      return restPage(input, count, results)
    }),
    count: api.clients.count.handler(async ({ input }) => ({ count: await store.read.clients.count(input) })),
    get: api.clients.get.handler(({ input }) => store.read.clients.get(input.id)),
    create: api.clients.create.handler(async ({ input }) => {
      const client = await store.write((writes) => writes.clients.create(input, clock.now()))
      publishChange()
      return client
    }),
    update: api.clients.update.handler(async ({ input: { id, ...patch } }) => {
      const change = await store.write((writes) => writes.clients.update(id, patch, clock.now()))
      publishCancelled(change.cancelledMessages)
      return change.client
    }),
    replace: api.clients.replace.handler(async ({ input: { id, ...whole } }) => {
      const change = await store.write((writes) => writes.clients.replace(id, whole, clock.now()))
      publishCancelled(change.cancelledMessages)
      return change.client
    }),
    delete: api.clients.delete.handler(async ({ input }) => {
      publishCancelled(await store.write((writes) => writes.clients.delete(input.id)))
    }),
    activity: api.clients.activity.handler(async ({ input }) => {
      await store.read.clients.get(input.id)
      const { count, results } = await store.read.journal.ofClient(input.id, input)
      return restPage(input, count, results)
    }),
    attempts: api.clients.attempts.handler(async ({ input }) => {
      await store.read.clients.get(input.id)
      const { count, results } = await store.read.messages.attemptsOfClient(input.id, input)
      return restPage(input, count, results)
    }),
    facets: api.clients.facets.handler(() => store.read.clients.facets()),
    import: api.clients.import.handler(({ input, signal }) => imports.import(input, signal)),
    importFile: api.clients.importFile.handler(({ input: { query, body }, signal }) =>
      importFile({ imports, jobs }, body, query, untilLocked(signal)),
    ),
    cancelImport: api.clients.cancelImport.handler(() => ({ stopped: imports.stop() })),
    readTable: api.clients.readTable.handler(({ input: { file, ...how }, signal }) =>
      beginningOfTable(file, how, jobs, signal),
    ),
    columnsOfHeader: api.clients.columnsOfHeader.handler(async ({ input }) => ({
      columns: await recallColumns(store.read.settings, input.header),
    })),
    bulk: api.clients.bulk.handler(({ input: { selection, change }, signal }) =>
      changeMany({ store, clock, signal, onChanged: publishCancelled }, selection, change),
    ),
    undoBulk: api.clients.undoBulk.handler(({ input, signal }) =>
      undoMany({ store, clock, signal, onChanged: publishCancelled }, input.undoId),
    ),
    optOut: api.clients.optOut.handler(({ input, signal }) =>
      optOut({ store, clock, onChanged: publishCancelled }, fileOf(input.phones), signal),
    ),
  }
}

function fileOf(phones: string | File | readonly string[]): Blob {
  if (phones instanceof Blob) return phones
  return new Blob([typeof phones === 'string' ? phones : phones.join('\n')])
}

/** Returns the query of a list whose address has one value of each kind. */
function listQuery({ search, optedOut, limit, offset, tag, ...fields }: ClientRestQuery & Offset) {
  const lists = Object.fromEntries(fieldFilters.map(({ field, name }) => [name, listOf(fields[field])]))
  return { search, optedOut, limit, offset, tags: listOf(tag), ...lists }
}

function listOf(value: string | undefined): string[] {
  return value === undefined ? [] : [value]
}
