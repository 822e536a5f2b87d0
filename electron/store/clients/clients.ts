import type { Client, ClientInput, ClientPatch, ClientReplacement } from '#shared/contract/clients.ts'
import { operatorCodeOf } from '#shared/domain/phone.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { fromInstant } from '../../base/clock.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, noteEdit } from '../journal/field-changes.ts'
import type { Reading, Writing } from '../store.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'
import { clientsByIds, searchTextOf } from './client-row.ts'
import { replaceTags } from './client-tags.ts'
import { settleOptOut } from './do-not-contact.ts'

/** A client after a change, and how many of their queued messages the change cancelled. */
export interface ClientChange {
  readonly client: Client
  readonly cancelledMessages: number
}

/** Throws `NotFoundError`. */
export async function getClient({ sql }: Pick<Reading, 'sql'>, id: number): Promise<Client> {
  const [client] = await clientsByIds(sql, [id])
  if (client === undefined) throw new NotFoundError('client', id)
  return client
}

/** Adds a client, who has opted out from the start when the phone is on the do-not-contact list. Throws `ConflictError` on `phone` when the directory has it already. */
export async function createClient(writing: Writing, input: ClientInput, now: number): Promise<Client> {
  await refuseTakenPhone(writing, input.phone, null)
  const optedOutAt = await settleOptOut(writing.sql, input.phone, momentOf(input.optedOutAt), null)
  const { id } = await writing.models.Client.create(
    {
      phone: input.phone,
      operatorCode: input.operatorCode ?? operatorCodeOf(input.phone),
      timeZone: input.timeZone ?? machineTimeZone(),
      name: input.name,
      attributes: JSON.stringify(input.attributes),
      optedOutAt,
      searchText: searchTextOf(input),
      createdAt: now,
      updatedAt: now,
    },
    { transaction: writing.transaction },
  )
  await replaceTags(writing.sql, id, input.tags)
  const client = await getClient(writing, id)
  writing.note({
    client: id,
    status: 'created',
    by: 'operator',
    changes: changesIn({}, toldOf(client)),
  })
  writing.note(...optOutNews(id, null, optedOutAt))
  return client
}

/**
 * Changes the fields that are given. A new phone brings its own operator code unless one is given; opting out cancels the
 * client's queued messages. Throws `NotFoundError`, and `ConflictError` on `phone`.
 */
export async function updateClient(
  writing: Writing,
  id: number,
  patch: ClientPatch,
  now: number,
): Promise<ClientChange> {
  const { models, sql, transaction } = writing
  const row = await models.Client.findByPk(id, { transaction })
  if (row === null) throw new NotFoundError('client', id)
  if (Object.values(patch).every((value) => value === undefined)) {
    return { client: await getClient(writing, id), cancelledMessages: 0 }
  }
  const known = await getClient(writing, id)
  const before = { phone: row.phone, optedOutAt: row.optedOutAt }
  if (patch.phone !== undefined && patch.phone !== row.phone) {
    await refuseTakenPhone(writing, patch.phone, id)
    row.phone = patch.phone
    row.operatorCode = operatorCodeOf(patch.phone)
  }
  if (patch.operatorCode !== undefined) row.operatorCode = patch.operatorCode
  if (patch.timeZone !== undefined) row.timeZone = patch.timeZone
  if (patch.name !== undefined) row.name = patch.name
  if (patch.attributes !== undefined) row.attributes = JSON.stringify(patch.attributes)
  row.optedOutAt = await settleOptOut(sql, row.phone, momentOf(patch.optedOutAt), before)
  row.searchText = searchTextOf(row)
  row.updatedAt = now
  await row.save({ transaction })
  if (patch.tags !== undefined) await replaceTags(sql, id, patch.tags)
  const client = await getClient(writing, id)
  noteEdit(writing, { client: id }, toldOf(known), toldOf(client))
  writing.note(...optOutNews(id, before.optedOutAt, row.optedOutAt))
  const cancelledMessages = row.optedOutAt === null ? 0 : await cancelMessagesTo(writing, [id], 'clientOptedOut')
  return { client, cancelledMessages }
}

/**
 * Writes a client anew: what is not given falls back to what a new client would have, and who has opted out has not opted in
 * by being left unmentioned. Throws like `updateClient`.
 */
export function replaceClient(
  writing: Writing,
  id: number,
  input: ClientReplacement,
  now: number,
): Promise<ClientChange> {
  const { operatorCode = operatorCodeOf(input.phone), timeZone = machineTimeZone() } = input
  return updateClient(writing, id, { ...input, operatorCode, timeZone }, now)
}

/**
 * Takes a client out of the directory. Queued messages are cancelled, and all of them stay as history with no client.
 * Throws `NotFoundError`. Gives back how many messages were cancelled.
 */
export async function deleteClient(writing: Writing, id: number): Promise<number> {
  const { models, transaction, note } = writing
  const known = await getClient(writing, id)
  const cancelledMessages = await cancelMessagesTo(writing, [id], 'clientDeleted')
  await models.Client.destroy({ where: { id }, transaction })
  note({ client: id, status: 'deleted', by: 'operator', changes: changesIn(toldOf(known), {}) })
  return cancelledMessages
}

/** What the journal tells of a client; opting out and in it tells by name. */
function toldOf({ phone, operatorCode, name, tags, timeZone, attributes }: Client) {
  return { phone, operatorCode, name, tags, timeZone, attributes }
}

function momentOf<Nothing extends null | undefined>(instant: string | Nothing): number | Nothing {
  return typeof instant === 'string' ? fromInstant(instant) : instant
}

function optOutNews(client: number, before: number | null, after: number | null): ActivityEvent[] {
  if ((before === null) === (after === null)) return []
  return [{ client, status: after === null ? 'opted_in' : 'opted_out', by: 'operator' }]
}

async function refuseTakenPhone({ sql }: Writing, phone: string, exceptId: number | null): Promise<void> {
  const owner = await sql.first<{ id: number; name: string }>('SELECT id, name FROM clients WHERE phone = ?', [phone])
  if (owner === undefined || owner.id === exceptId) return
  throw new ConflictError({
    code: 'phone_taken',
    params: { phone, clientId: owner.id, clientName: owner.name },
    field: 'phone',
  })
}
