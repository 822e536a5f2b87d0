import type { DeliveryInput, DeliveryPatch } from '#shared/contract/deliveries.ts'
import { nameFrom } from '#shared/domain/delivery-name.ts'
import type { Filter } from '#shared/domain/filter.ts'
import { editable, editableWhileRunning } from '#shared/domain/states.ts'
import { isTimeZone } from '#shared/domain/time-zone.ts'
import { fromInstant } from '../base/clock.ts'
import { type DeliveryFields, deliveryRow, insertDelivery, updateDelivery } from '../store/deliveries/deliveries.ts'
import { ConflictError, InvalidInputError } from '../store/errors.ts'
import { noteEdit } from '../store/journal/field-changes.ts'
import { startDelivery } from '../store/send-queue/delivery-life.ts'
import { requeueAfterWindowChange } from '../store/send-queue/message-queue.ts'
import type { Writing } from '../store/store.ts'
import { parseText } from './parse-text.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Writes a new delivery: as a draft, on the schedule, or started when its start has come. Gives back its id. */
export async function createDelivery(writing: Writing, input: DeliveryInput, now: number): Promise<number> {
  parseText(input.text)
  checkFilter(input.filter)
  const startsAt = input.startsAt === undefined ? now : fromInstant(input.startsAt)
  const endsAt = input.endsAt === undefined ? startsAt + dayMs : fromInstant(input.endsAt)
  checkTimes(startsAt, endsAt, now)
  const id = await insertDelivery(
    writing,
    {
      name: input.name ?? nameFrom(input.text),
      text: input.text,
      filter: JSON.stringify(input.filter),
      startsAt,
      endsAt,
      windowFrom: input.window?.from ?? null,
      windowTo: input.window?.to ?? null,
      ratePerSecond: input.ratePerSecond,
      status: input.draft ? 'draft' : 'scheduled',
    },
    now,
  )
  writing.note({ delivery: id, status: input.draft ? 'draft' : 'scheduled', by: 'operator' })
  if (!input.draft && startsAt <= now) writing.note(...(await startDelivery(writing.sql, id, now)))
  return id
}

/**
 * Changes some fields: all of them before the start, a few after it, none after the end. Moving the start of a scheduled
 * delivery to a moment that has come starts it.
 */
export async function changeDelivery(writing: Writing, id: number, patch: DeliveryPatch, now: number): Promise<void> {
  const row = await deliveryRow(writing, id)
  const freedom = editable(row.status, row.startedAt !== null)
  const wanted = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
  const [first] = wanted
  if (first === undefined) return
  if (freedom === 'nothing')
    throw new ConflictError({ code: 'delivery_over', params: { status: row.status }, field: first })
  const fixed =
    freedom === 'some' ? wanted.find((field) => !editableWhileRunning.some((allowed) => allowed === field)) : undefined
  if (fixed !== undefined) {
    throw new ConflictError({ code: 'delivery_started', params: { fields: editableWhileRunning }, field: fixed })
  }
  if (patch.text !== undefined) parseText(patch.text)
  if (patch.filter !== undefined) checkFilter(patch.filter)
  const startsAt = patch.startsAt === undefined ? row.startsAt : fromInstant(patch.startsAt)
  const endsAt = patch.endsAt === undefined ? row.endsAt : fromInstant(patch.endsAt)
  if (patch.startsAt !== undefined || patch.endsAt !== undefined) checkTimes(startsAt, endsAt, now)
  const fields: Partial<DeliveryFields> = {
    startsAt,
    endsAt,
    ...(patch.name === undefined ? {} : { name: patch.name }),
    ...(patch.text === undefined ? {} : { text: patch.text }),
    ...(patch.filter === undefined ? {} : { filter: JSON.stringify(patch.filter) }),
    ...(patch.window === undefined
      ? {}
      : { windowFrom: patch.window?.from ?? null, windowTo: patch.window?.to ?? null }),
    ...(patch.ratePerSecond === undefined ? {} : { ratePerSecond: patch.ratePerSecond }),
  }
  const before = toldOf(row)
  await updateDelivery(writing, id, fields, now)
  noteEdit(writing, { delivery: id }, before, toldOf({ ...row.get(), ...fields }))
  if (patch.window !== undefined) await requeueAfterWindowChange(writing.sql, id, now)
  if (row.status === 'scheduled' && startsAt <= now) writing.note(...(await startDelivery(writing.sql, id, now)))
}

/** Writes a delivery anew: what the input leaves out goes back to its default. */
export async function replaceDelivery(
  writing: Writing,
  id: number,
  input: Omit<DeliveryInput, 'draft'>,
  now: number,
): Promise<void> {
  const row = await deliveryRow(writing, id)
  const startsAt = input.startsAt ?? new Date(row.startsAt).toISOString()
  const endsAt = input.endsAt ?? new Date(fromInstant(startsAt) + dayMs).toISOString()
  const whole = { ...input, name: input.name ?? nameFrom(input.text), startsAt, endsAt }
  await changeDelivery(writing, id, onlyChanged(whole, row), now)
}

/** A whole delivery may be sent back as it was read, whatever its state: only what differs counts as an edit. */
function onlyChanged(
  whole: Omit<DeliveryInput, 'draft'> & { readonly startsAt: string; readonly endsAt: string },
  row: DeliveryFields,
): DeliveryPatch {
  const { window } = whole
  const sameWindow = (window?.from ?? null) === row.windowFrom && (window?.to ?? null) === row.windowTo
  return {
    ...(whole.name === row.name ? {} : { name: whole.name }),
    ...(whole.text === row.text ? {} : { text: whole.text }),
    ...(JSON.stringify(whole.filter) === row.filter ? {} : { filter: whole.filter }),
    ...(fromInstant(whole.startsAt) === row.startsAt ? {} : { startsAt: whole.startsAt }),
    ...(fromInstant(whole.endsAt) === row.endsAt ? {} : { endsAt: whole.endsAt }),
    ...(sameWindow ? {} : { window }),
    ...(whole.ratePerSecond === row.ratePerSecond ? {} : { ratePerSecond: whole.ratePerSecond }),
  }
}

/** What the journal tells of a delivery. */
function toldOf(row: Omit<DeliveryFields, 'status'>) {
  const { name, text, startsAt, endsAt, windowFrom, windowTo, ratePerSecond } = row
  return {
    name,
    text,
    filter: JSON.parse(row.filter),
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    window: windowFrom === null ? null : `${windowFrom}–${windowTo}`,
    ratePerSecond,
  }
}

function checkFilter(filter: Filter): void {
  const index = filter.timeZones.findIndex((zone) => !isTimeZone(zone))
  if (index >= 0) throw new InvalidInputError([{ path: `filter.timeZones.${index}`, code: 'time_zone_unknown' }])
}

function checkTimes(startsAt: number, endsAt: number, now: number): void {
  if (endsAt <= startsAt) throw new InvalidInputError([{ path: 'endsAt', code: 'end_before_start' }])
  if (endsAt <= now) throw new InvalidInputError([{ path: 'endsAt', code: 'end_in_past' }])
}
