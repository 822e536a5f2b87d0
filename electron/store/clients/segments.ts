import { maxSegments, type Segment, type SegmentInput, type SegmentPatch } from '#shared/contract/segments.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadContext, WriteContext } from '../contexts.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, editEvents } from '../journal/field-changes.ts'
import type { SegmentRow } from '../models/segment.ts'

/** Returns all segments by name. */
export async function listSegments({ models }: ReadContext): Promise<Segment[]> {
  const segments = (await models.Segment.findAll({ limit: maxSegments })).map(segmentOf)
  // SQLite sorts by bytes only.
  return segments.sort((a, b) => a.name.localeCompare(b.name))
}

/** Returns a segment. Throws `NotFoundError`. */
export async function getSegment(context: ReadContext, id: number): Promise<Segment> {
  return segmentOf(await rowOf(context, id))
}

/** Adds a segment. Throws `ConflictError` when the name is taken, or there are too many. */
export async function createSegment(writing: WriteContext, input: SegmentInput, now: number): Promise<Segment> {
  const { models, transaction, record } = writing
  await refuseTakenName(writing, input.name, null)
  if ((await models.Segment.count({ transaction })) >= maxSegments)
    throw new ConflictError({ code: 'segments_full', params: { max: maxSegments } })
  const row = await models.Segment.create(
    { name: input.name, filter: JSON.stringify(input.filter), createdAt: now, updatedAt: now },
    { transaction },
  )
  record({ segment: row.name, status: 'created', by: 'operator', changes: changesIn({}, input) })
  return segmentOf(row)
}

/** Changes the given fields. Throws `NotFoundError`, and `ConflictError` on `name`. */
export async function updateSegment(
  writing: WriteContext,
  id: number,
  patch: SegmentPatch,
  now: number,
): Promise<Segment> {
  const row = await rowOf(writing, id)
  const before = segmentOf(row)
  if (patch.name !== undefined) {
    await refuseTakenName(writing, patch.name, id)
    row.name = patch.name
  }
  if (patch.filter !== undefined) row.filter = JSON.stringify(patch.filter)
  row.updatedAt = now
  await row.save({ transaction: writing.transaction })
  const after = segmentOf(row)
  writing.record(...editEvents({ segment: before.name }, journalFields(before), journalFields(after)))
  return after
}

/** Deletes a segment. Deliveries that took its filter keep it. Throws `NotFoundError`. */
export async function deleteSegment(writing: WriteContext, id: number): Promise<void> {
  const row = await rowOf(writing, id)
  await row.destroy({ transaction: writing.transaction })
  const changes = changesIn(journalFields(segmentOf(row)), {})
  writing.record({ segment: row.name, status: 'deleted', by: 'operator', changes })
}

/** What the journal records of a segment. */
function journalFields({ name, filter }: Segment) {
  return { name, filter }
}

function segmentOf({ id, name, filter, createdAt, updatedAt }: SegmentRow): Segment {
  return { id, name, filter: JSON.parse(filter), createdAt: toInstant(createdAt), updatedAt: toInstant(updatedAt) }
}

async function rowOf(context: ReadContext, id: number): Promise<SegmentRow> {
  const row = await context.models.Segment.findByPk(id, { transaction: context.transaction })
  if (row === null) throw new NotFoundError('segment', id)
  return row
}

async function refuseTakenName(
  { models, transaction }: WriteContext,
  name: string,
  exceptId: number | null,
): Promise<void> {
  const owner = await models.Segment.findOne({ where: { name }, transaction })
  if (owner !== null && owner.id !== exceptId)
    throw new ConflictError({ code: 'segment_name_taken', params: { name }, field: 'name' })
}
