import type { Client, ClientInput, ClientPatch, ClientReplacement } from '#shared/contract/clients.ts'
import { byName, clientFieldNames, clientTextFields, textFieldOf } from '#shared/domain/client-fields.ts'
import { operatorCodeOf } from '#shared/domain/phone.ts'
import { fromInstant } from '../../base/clock.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import type { WriteContext } from '../contexts.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, editEvents } from '../journal/field-changes.ts'
import type { ClientChange } from '../ports/clients.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'
import { clientsByIds, searchTextOf } from './client-row.ts'
import { replaceTags } from './client-tags.ts'
import { reconcileOptOut } from './do-not-contact.ts'

/** Returns a client. Throws `NotFoundError`. */
export async function getClient(sql: ReadSession, id: number): Promise<Client> {
  const [client] = await clientsByIds(sql, [id])
  if (client === undefined) throw new NotFoundError('client', id)
  return client
}

/** Adds a client, who is opted out when the phone is on the do-not-contact list. Throws `ConflictError` on `phone`. */
export async function createClient(writing: WriteContext, input: ClientInput, now: number): Promise<Client> {
  await refuseTakenPhone(writing.sql, input.phone, null)
  const optedOutAt = await reconcileOptOut(writing.sql, input.phone, millisecondsOf(input.optedOutAt), null)
  const { id } = await writing.models.Client.create(
    {
      phone: input.phone,
      ...textsOf(input),
      attributes: JSON.stringify(input.attributes),
      optedOutAt,
      searchText: searchTextOf(input),
      createdAt: now,
      updatedAt: now,
    },
    { transaction: writing.transaction },
  )
  await replaceTags(writing.sql, id, input.tags)
  const client = await getClient(writing.sql, id)
  writing.record({
    client: id,
    status: 'created',
    by: 'operator',
    changes: changesIn({}, journalFields(client)),
  })
  writing.record(...optOutEvents(id, null, optedOutAt))
  return client
}

/**
 * Changes the given fields. A new phone brings its own operator code unless one is given. Opting out cancels the
 * client's queued messages. Throws `NotFoundError`, and `ConflictError` on `phone`.
 */
export async function updateClient(
  writing: WriteContext,
  id: number,
  patch: ClientPatch,
  now: number,
): Promise<ClientChange> {
  const { models, sql, transaction } = writing
  const row = await models.Client.findByPk(id, { transaction })
  if (row === null) throw new NotFoundError('client', id)
  if (Object.values(patch).every((value) => value === undefined)) {
    return { client: await getClient(writing.sql, id), cancelledMessages: 0 }
  }
  const known = await getClient(writing.sql, id)
  const before = { phone: row.phone, optedOutAt: row.optedOutAt }
  if (patch.phone !== undefined && patch.phone !== row.phone) {
    await refuseTakenPhone(writing.sql, patch.phone, id)
    row.phone = patch.phone
    row.operatorCode = operatorCodeOf(patch.phone)
  }
  for (const field of clientTextFields) row[field] = patch[field] ?? row[field]
  if (patch.attributes !== undefined) row.attributes = JSON.stringify(patch.attributes)
  row.optedOutAt = await reconcileOptOut(sql, row.phone, millisecondsOf(patch.optedOutAt), before)
  row.searchText = searchTextOf(row)
  row.updatedAt = now
  await row.save({ transaction })
  if (patch.tags !== undefined) await replaceTags(sql, id, patch.tags)
  const client = await getClient(writing.sql, id)
  writing.record(...editEvents({ client: id }, journalFields(known), journalFields(client)))
  writing.record(...optOutEvents(id, before.optedOutAt, row.optedOutAt))
  const cancelledMessages = row.optedOutAt === null ? 0 : await cancelMessagesTo(writing, [id], 'clientOptedOut')
  return { client, cancelledMessages }
}

/** Replaces a client: fields left out get their default, except `optedOutAt`. Throws like `updateClient`. */
export function replaceClient(
  writing: WriteContext,
  id: number,
  input: ClientReplacement,
  now: number,
): Promise<ClientChange> {
  return updateClient(writing, id, { ...input, ...textsOf(input) }, now)
}

/** Returns the text fields of a new client: those that are left out get their default. */
function textsOf(input: ClientReplacement) {
  return byName(clientTextFields, (field) => input[field] ?? textFieldOf(field).initial(input.phone))
}

/**
 * Deletes a client, cancels their queued messages and keeps all messages as history. Returns the number of cancelled
 * messages. Throws `NotFoundError`.
 */
export async function deleteClient(writing: WriteContext, id: number): Promise<number> {
  const { models, transaction, record } = writing
  const known = await getClient(writing.sql, id)
  const cancelledMessages = await cancelMessagesTo(writing, [id], 'clientDeleted')
  await models.Client.destroy({ where: { id }, transaction })
  record({ client: id, status: 'deleted', by: 'operator', changes: changesIn(journalFields(known), {}) })
  return cancelledMessages
}

/** What the journal records of a client. Opting out and in have events of their own. */
function journalFields(client: Client) {
  return { ...byName(clientFieldNames, (field) => client[field]), attributes: client.attributes }
}

function millisecondsOf<Nothing extends null | undefined>(instant: string | Nothing): number | Nothing {
  return typeof instant === 'string' ? fromInstant(instant) : instant
}

function optOutEvents(client: number, before: number | null, after: number | null): ActivityEvent[] {
  if ((before === null) === (after === null)) return []
  return [{ client, status: after === null ? 'opted_in' : 'opted_out', by: 'operator' }]
}

async function refuseTakenPhone(sql: ReadSession, phone: string, exceptId: number | null): Promise<void> {
  const owner = await sql.first<{ id: number; name: string }>('SELECT id, name FROM clients WHERE phone = ?', [phone])
  if (owner === undefined || owner.id === exceptId) return
  throw new ConflictError({
    code: 'phone_taken',
    params: { phone, clientId: owner.id, clientName: owner.name },
    field: 'phone',
  })
}
