import { changeMany, undoMany } from '../clients/bulk/change-many.ts'
import { optOut } from '../clients/do-not-contact/opt-out.ts'
import { openImportDesk } from '../clients/import/import-desk.ts'
import { importFile } from '../clients/import/import-file.ts'
import { recallColumns } from '../clients/import/remembered-columns.ts'
import { beginningOfTable } from '../clients/import/table-beginning.ts'
import { readFacets } from '../store/clients/client-facets.ts'
import { countClients, listClients, pageClients } from '../store/clients/client-list.ts'
import { createClient, deleteClient, getClient, replaceClient, updateClient } from '../store/clients/clients.ts'
import { pageClientActivity } from '../store/journal/activity.ts'
import { pageAttemptsOfClient } from '../store/messages/attempts.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for clients. */
export function clientsApi({ store, events, clock, jobs, sender }: Parts) {
  const publishChange = () => events.publish({ type: 'changed', entity: 'clients' })
  /** Publishes a committed change. Wakes the sender if the change cancelled queued messages. */
  function publishCancelled(messages: number): void {
    publishChange()
    if (messages === 0) return
    events.publish({ type: 'changed', entity: 'deliveries' })
    sender.wake()
  }

  const imports = openImportDesk({ store, clock, jobs, onTaken: publishCancelled })

  return {
    list: api.clients.list.handler(({ input }) => listClients(store.read, input)),
    page: api.clients.page.handler(async ({ input }) => {
      const { operatorCode, tag, timeZone, ...rest } = input
      const { count, results } = await pageClients(store.read, {
        ...rest,
        operatorCodes: listOf(operatorCode),
        tags: listOf(tag),
        timeZones: listOf(timeZone),
      })
      return restPage(input, count, results)
    }),
    count: api.clients.count.handler(async ({ input }) => ({ count: await countClients(store.read, input) })),
    get: api.clients.get.handler(({ input }) => getClient(store.read, input.id)),
    create: api.clients.create.handler(async ({ input }) => {
      const client = await store.write((writing) => createClient(writing, input, clock.now()))
      publishChange()
      return client
    }),
    update: api.clients.update.handler(async ({ input: { id, ...patch } }) => {
      const change = await store.write((writing) => updateClient(writing, id, patch, clock.now()))
      publishCancelled(change.cancelledMessages)
      return change.client
    }),
    replace: api.clients.replace.handler(async ({ input: { id, ...whole } }) => {
      const change = await store.write((writing) => replaceClient(writing, id, whole, clock.now()))
      publishCancelled(change.cancelledMessages)
      return change.client
    }),
    delete: api.clients.delete.handler(async ({ input }) => {
      publishCancelled(await store.write((writing) => deleteClient(writing, input.id)))
    }),
    activity: api.clients.activity.handler(async ({ input }) => {
      await getClient(store.read, input.id)
      const { count, results } = await pageClientActivity(store.read.sql, input.id, input)
      return restPage(input, count, results)
    }),
    attempts: api.clients.attempts.handler(async ({ input }) => {
      await getClient(store.read, input.id)
      const { count, results } = await pageAttemptsOfClient(store.read.sql, input.id, input)
      return restPage(input, count, results)
    }),
    facets: api.clients.facets.handler(() => readFacets(store.read)),
    import: api.clients.import.handler(({ input, signal }) => imports.import(input, signal)),
    importFile: api.clients.importFile.handler(({ input: { query, body }, signal }) =>
      importFile({ imports, jobs }, body, query, signal),
    ),
    cancelImport: api.clients.cancelImport.handler(() => ({ stopped: imports.stop() })),
    readTable: api.clients.readTable.handler(({ input: { file, ...how }, signal }) =>
      beginningOfTable(file, how, jobs, signal),
    ),
    columnsOfHeader: api.clients.columnsOfHeader.handler(async ({ input }) => ({
      columns: await recallColumns(store.read, input.header),
    })),
    bulk: api.clients.bulk.handler(({ input: { selection, change }, signal }) =>
      changeMany({ store, clock, signal, onTaken: publishCancelled }, selection, change),
    ),
    undoBulk: api.clients.undoBulk.handler(({ input, signal }) =>
      undoMany({ store, clock, signal, onTaken: publishCancelled }, input.undoId),
    ),
    optOut: api.clients.optOut.handler(({ input, signal }) =>
      optOut({ store, clock, onTaken: publishCancelled }, fileOf(input.phones), signal),
    ),
  }
}

function fileOf(phones: string | File | readonly string[]): Blob {
  if (phones instanceof Blob) return phones
  return new Blob([typeof phones === 'string' ? phones : phones.join('\n')])
}

function listOf(value: string | undefined): string[] {
  return value === undefined ? [] : [value]
}
