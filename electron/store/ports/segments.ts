import type { Segment, SegmentInput, SegmentPatch } from '#shared/contract/segments.ts'

export interface SegmentReads {
  /** Returns all segments by name. */
  list(): Promise<Segment[]>
  /** Throws `NotFoundError`. */
  get(id: number): Promise<Segment>
}

export interface SegmentWrites extends SegmentReads {
  /** Throws `ConflictError` when the name is taken, or the maximum number is reached. */
  create(input: SegmentInput, now: number): Promise<Segment>
  /** Changes the given fields. Throws `NotFoundError`, and `ConflictError` on `name`. */
  update(id: number, patch: SegmentPatch, now: number): Promise<Segment>
  /** Deletes a segment. Deliveries that took its filter keep it. Throws `NotFoundError`. */
  delete(id: number): Promise<void>
}
