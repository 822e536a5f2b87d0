import type { Delivery, DeliveryInput, DeliveryPatch } from '#shared/contract/deliveries.ts'
import { nameFrom } from '#shared/domain/delivery-name.ts'
import type { Filter } from '#shared/domain/filter.ts'
import { atPlace } from '#shared/domain/liquid-errors.ts'
import { editable, editableWhileRunning } from '#shared/domain/states.ts'
import { type CompiledText, compileText } from '#shared/domain/template.ts'
import { isTimeZone } from '#shared/domain/time-zone.ts'
import { fromInstant } from '../base/clock.ts'
import { ConflictError, InvalidInputError } from '../store/errors.ts'
import type { DeliveryFields } from '../store/ports/deliveries.ts'
import type { StoreWrites } from '../store/store.ts'

const dayMs = 24 * 60 * 60 * 1000
const startDue = { because: 'startDue' } as const

/**
 * Creates a delivery: as a draft, scheduled, or started when its start has come. Returns its id. Throws
 * `InvalidInputError`.
 */
export async function createDelivery(writes: StoreWrites, input: DeliveryInput, now: number): Promise<number> {
  parseText(input.text)
  checkFilter(input.filter)
  const startsAt = input.startsAt === undefined ? now : fromInstant(input.startsAt)
  const endsAt = input.endsAt === undefined ? startsAt + dayMs : fromInstant(input.endsAt)
  checkTimes(startsAt, endsAt, now)
  const status = input.draft ? 'draft' : 'scheduled'
  const { name = nameFrom(input.text), text, filter, window, ratePerSecond } = input
  const fields = { name, text, filter, startsAt, endsAt, window, ratePerSecond }
  const id = await writes.deliveries.create({ ...fields, status }, now)
  writes.record({ delivery: id, status, by: 'operator' })
  if (!input.draft && startsAt <= now) await writes.deliveries.start(id, now, startDue)
  return id
}

/**
 * Changes some fields: all of them before the start, a few after it, none after the end. A scheduled delivery starts when
 * its new start has come. Throws `NotFoundError`, `ConflictError` and `InvalidInputError`.
 */
export async function changeDelivery(
  writes: StoreWrites,
  id: number,
  patch: DeliveryPatch,
  now: number,
): Promise<void> {
  const delivery = await writes.deliveries.get(id)
  if (!isEditable(delivery, patch)) return
  if (patch.text !== undefined) parseText(patch.text)
  if (patch.filter !== undefined) checkFilter(patch.filter)
  const present = fieldsOf(delivery)
  const startsAt = patch.startsAt === undefined ? present.startsAt : fromInstant(patch.startsAt)
  const endsAt = patch.endsAt === undefined ? present.endsAt : fromInstant(patch.endsAt)
  if (patch.startsAt !== undefined || patch.endsAt !== undefined) checkTimes(startsAt, endsAt, now)
  const next: DeliveryFields = {
    startsAt,
    endsAt,
    name: patch.name ?? present.name,
    text: patch.text ?? present.text,
    filter: patch.filter ?? present.filter,
    window: patch.window === undefined ? present.window : patch.window,
    ratePerSecond: patch.ratePerSecond === undefined ? present.ratePerSecond : patch.ratePerSecond,
  }
  await writes.deliveries.update(id, next, now)
  writes.recordEdit({ delivery: id }, journalFields(present), journalFields(next))
  if (patch.window !== undefined) await writes.deliveries.requeueAfterWindowChange(id, now)
  if (delivery.status === 'scheduled' && startsAt <= now) await writes.deliveries.start(id, now, startDue)
}

/** Returns whether a patch has fields to change. Throws `ConflictError` on one that cannot be changed any more. */
function isEditable({ status, startedAt }: Delivery, patch: DeliveryPatch): boolean {
  const wanted = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
  const [first] = wanted
  if (first === undefined) return false
  const extent = editable(status, startedAt !== null)
  if (extent === 'nothing') throw new ConflictError({ code: 'delivery_over', params: { status }, field: first })
  const fixed =
    extent === 'some' ? wanted.find((field) => !editableWhileRunning.some((allowed) => allowed === field)) : undefined
  if (fixed !== undefined)
    throw new ConflictError({ code: 'delivery_started', params: { fields: editableWhileRunning }, field: fixed })
  return true
}

/** Replaces a delivery: fields left out get their default. Throws like `changeDelivery`. */
export async function replaceDelivery(
  writes: StoreWrites,
  id: number,
  input: Omit<DeliveryInput, 'draft'>,
  now: number,
): Promise<void> {
  const delivery = await writes.deliveries.get(id)
  const startsAt = input.startsAt ?? delivery.startsAt
  const endsAt = input.endsAt ?? new Date(fromInstant(startsAt) + dayMs).toISOString()
  const whole = { ...input, name: input.name ?? nameFrom(input.text), startsAt, endsAt }
  await changeDelivery(writes, id, onlyChanged(whole, delivery), now)
}

/** A whole delivery may be sent back as it was read, in any state: only fields that differ count as changes. */
function onlyChanged(
  whole: Omit<DeliveryInput, 'draft'> & { readonly startsAt: string; readonly endsAt: string },
  present: Delivery,
): DeliveryPatch {
  const { window } = whole
  const isSameWindow = window?.from === present.window?.from && window?.to === present.window?.to
  return {
    ...(whole.name === present.name ? {} : { name: whole.name }),
    ...(whole.text === present.text ? {} : { text: whole.text }),
    ...(JSON.stringify(whole.filter) === JSON.stringify(present.filter) ? {} : { filter: whole.filter }),
    ...(fromInstant(whole.startsAt) === fromInstant(present.startsAt) ? {} : { startsAt: whole.startsAt }),
    ...(fromInstant(whole.endsAt) === fromInstant(present.endsAt) ? {} : { endsAt: whole.endsAt }),
    ...(isSameWindow ? {} : { window }),
    ...(whole.ratePerSecond === present.ratePerSecond ? {} : { ratePerSecond: whole.ratePerSecond }),
  }
}

function fieldsOf({ name, text, filter, startsAt, endsAt, window, ratePerSecond }: Delivery): DeliveryFields {
  return {
    name,
    text,
    filter,
    startsAt: fromInstant(startsAt),
    endsAt: fromInstant(endsAt),
    window,
    ratePerSecond,
  }
}

/** What the journal records of a delivery. */
function journalFields({ name, text, filter, startsAt, endsAt, window, ratePerSecond }: DeliveryFields) {
  return {
    name,
    text,
    filter,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    window: window === null ? null : `${window.from}–${window.to}`,
    ratePerSecond,
  }
}

/** Parses a text. Throws `InvalidInputError` on `text` with the place of the mistake. */
export function parseText(source: string): CompiledText {
  const compiled = compileText(source)
  if (compiled.ok) return compiled.text
  throw new InvalidInputError([{ path: 'text', ...atPlace(compiled.problem.error, compiled.problem) }])
}

function checkFilter(filter: Filter): void {
  const index = filter.timeZones.findIndex((zone) => !isTimeZone(zone))
  if (index >= 0) throw new InvalidInputError([{ path: `filter.timeZones.${index}`, code: 'time_zone_unknown' }])
}

function checkTimes(startsAt: number, endsAt: number, now: number): void {
  if (endsAt <= startsAt) throw new InvalidInputError([{ path: 'endsAt', code: 'end_before_start' }])
  if (endsAt <= now) throw new InvalidInputError([{ path: 'endsAt', code: 'end_in_past' }])
}
