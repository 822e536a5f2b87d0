import type { BulkChange } from '#shared/contract/bulk-changes.ts'

export type BulkChangeKind = BulkChange['kind']

/** What one chunk of a bulk change did. */
export interface BulkChunk {
  readonly changed: number
  readonly cancelledMessages: number
}

export interface BulkChangeReads {
  /** Returns the kind of a bulk change and the number of clients that it changed. Throws `NotFoundError` when it cannot be undone. */
  get(id: number): Promise<{ readonly kind: BulkChangeKind; readonly clients: number }>
  /** Returns the oldest change beyond the ones that are kept for undoing; undefined when there is none. */
  outdated(): Promise<{ readonly id: number } | undefined>
}

export interface BulkChangeWrites extends BulkChangeReads {
  /** Returns the id under which the change can be undone; null for a deletion, which cannot. */
  begin(kind: BulkChangeKind, now: number): Promise<number | null>
  /** Changes these clients, records the difference under `changeId`, and skips clients that already are as wanted. */
  apply(changeId: number | null, clientIds: readonly number[], change: BulkChange, now: number): Promise<BulkChunk>
  /** Undoes the change for its next clients, except those that were changed again since, and forgets these clients. */
  undo(
    changeId: number,
    kind: BulkChangeKind,
    limit: number,
    now: number,
  ): Promise<BulkChunk & { readonly clients: number }>
  /** Forgets up to `limit` clients of a change. Returns whether more remain; without any, the change itself is gone. */
  forget(changeId: number, limit: number): Promise<boolean>
}
