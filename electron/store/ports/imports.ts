import type { ClientTexts } from '#shared/domain/client-fields.ts'

/** What an import writes of a client. */
export interface ImportedClient extends ClientTexts {
  readonly phone: string
  readonly attributes: Readonly<Record<string, string>>
}

/** A client that the directory has already. */
export interface KnownClient extends ImportedClient {
  readonly id: number
  readonly tags: readonly string[]
}

/** What some lines of an import change. */
export interface ImportedChanges {
  readonly created: readonly (ImportedClient & { readonly tags: readonly string[] })[]
  readonly changed: readonly (ImportedClient & {
    readonly id: number
    readonly addedTags: readonly string[]
    readonly removedTags: readonly string[]
  })[]
}

/** The directory as an import would leave it. The directory itself does not change. */
export interface ImportDryRun {
  /** Returns the clients with these phones as they would be by now. */
  known(phones: readonly string[]): Promise<KnownClient[]>
  /** Records what clients would become. */
  keep(clients: readonly KnownClient[]): Promise<void>
  close(): Promise<void>
}

/** What one chunk of undoing an import did. `clients` is null when nothing of the import is left. */
export interface UndoneImportChunk {
  readonly clients: number | null
  readonly cancelledMessages: number
}

export interface ImportReads {
  /** Returns the clients of the directory that have one of these phones. */
  known(phones: readonly string[]): Promise<KnownClient[]>
  /** Returns the imports that never finished, the latest first: later changes must be undone first. */
  unfinished(): Promise<number[]>
  openDryRun(): Promise<ImportDryRun>
}

/** An import is all or nothing: its changes are recorded until it finishes or is undone. */
export interface ImportWrites extends ImportReads {
  /** Returns the id of a new import. */
  begin(now: number): Promise<number>
  apply(importId: number, changes: ImportedChanges, now: number): Promise<void>
  /** Makes the import final; `clients` is the number of lines that created or changed a client. */
  finish(importId: number, clients: number): Promise<void>
  /** Undoes the next clients of an import, except those that were changed again since. */
  undo(importId: number, limit: number): Promise<UndoneImportChunk>
  /** Forgets the recorded changes of up to `limit` clients of finished imports. Returns whether that was all. */
  forgetFinished(limit: number): Promise<boolean>
}
