import { maxSegments, type Segment, type SegmentInput, type SegmentPatch } from '#shared/contract/segments.ts'
import { toInstant } from '../../base/clock.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, noteEdit } from '../journal/field-changes.ts'
import type { SegmentRow } from '../models/segment.ts'
import type { Reading, Writing } from '../store.ts'

/** All segments by name. */
export async function listSegments({ models }: Reading): Promise<Segment[]> {
  const segments = (await models.Segment.findAll({ limit: maxSegments })).map(segmentOf)
  // SQLite knows the order of bytes only.
  return segments.sort((a, b) => a.name.localeCompare(b.name))
}

/** Throws `NotFoundError`. */
export async function getSegment(session: Reading | Writing, id: number): Promise<Segment> {
  return segmentOf(await rowOf(session, id))
}

/** Throws `ConflictError` when the name is taken, or there are too many. */
export async function createSegment(writing: Writing, input: SegmentInput, now: number): Promise<Segment> {
  const { models, transaction, note } = writing
  await refuseTakenName(writing, input.name, null)
  if ((await models.Segment.count({ transaction })) >= maxSegments)
    throw new ConflictError({ code: 'segments_full', params: { max: maxSegments } })
  const row = await models.Segment.create(
    { name: input.name, filter: JSON.stringify(input.filter), createdAt: now, updatedAt: now },
    { transaction },
  )
  note({ segment: row.name, status: 'created', by: 'operator', changes: changesIn({}, input) })
  return segmentOf(row)
}

/** Changes the fields that are given. Throws `NotFoundError`, and `ConflictError` on `name`. */
export async function updateSegment(writing: Writing, id: number, patch: SegmentPatch, now: number): Promise<Segment> {
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
  noteEdit(writing, { segment: before.name }, toldOf(before), toldOf(after))
  return after
}

/** Deliveries that took its filter keep it. Throws `NotFoundError`. */
export async function deleteSegment(writing: Writing, id: number): Promise<void> {
  const row = await rowOf(writing, id)
  await row.destroy({ transaction: writing.transaction })
  const changes = changesIn(toldOf(segmentOf(row)), {})
  writing.note({ segment: row.name, status: 'deleted', by: 'operator', changes })
}

/** What the journal tells of a segment. */
function toldOf({ name, filter }: Segment) {
  return { name, filter }
}

function segmentOf({ id, name, filter, createdAt, updatedAt }: SegmentRow): Segment {
  return { id, name, filter: JSON.parse(filter), createdAt: toInstant(createdAt), updatedAt: toInstant(updatedAt) }
}

async function rowOf(session: Reading | Writing, id: number): Promise<SegmentRow> {
  const transaction = 'transaction' in session ? session.transaction : null
  const row = await session.models.Segment.findByPk(id, { transaction })
  if (row === null) throw new NotFoundError('segment', id)
  return row
}

async function refuseTakenName({ models, transaction }: Writing, name: string, exceptId: number | null): Promise<void> {
  const owner = await models.Segment.findOne({ where: { name }, transaction })
  if (owner !== null && owner.id !== exceptId)
    throw new ConflictError({ code: 'segment_name_taken', params: { name }, field: 'name' })
}
