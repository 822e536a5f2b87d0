import type { BackupKind } from '#shared/domain/backup-name.ts'
import type { AppError } from '#shared/errors/app-error.ts'

/** What a store holds. */
export interface StoreContents {
  readonly clients: number
  readonly deliveries: number
  readonly messages: number
  /** Whether a newer version of the program has written it. */
  readonly isNewer: boolean
}

/** The file of a data directory's store, with its backups. Only SQLite has one. */
export interface StoreHost {
  readonly file: string
  readonly backupsFolder: string
  /**
   * Reserves the data directory for this process until the returned function is called or the process ends.
   * Throws `DirectoryHeldError` and `StoreOpenError`.
   */
  takeOwnership(): Promise<() => Promise<void>>
  /** Returns whether the program that had the store open last ended without closing it. */
  endedUnclean(): Promise<boolean>
  /** Reads the store and looks for damage. Throws `DamagedStoreError`. */
  check(): Promise<void>
  /** Reads a whole backup and returns what it holds. Throws `DamagedStoreError`. */
  examineBackup(name: string): Promise<StoreContents>
  /** Copies the store while others read and write it. Returns the backup's name. `signal` stops it and leaves no file. */
  backUp(kind: BackupKind, at: number, signal: AbortSignal): Promise<string>
  /** Puts a backup, or with null no store at all, in the store's place and moves the present store into `folder`. */
  replaceBy(backup: string | null, folder: string): Promise<void>
  /** Deletes files that an interrupted backup or restore has left. */
  deletePartFiles(): Promise<void>
  /** Returns an error of opening the store as a `StoreOpenError` where its cause is known, `damaged` for a damaged one; else the error itself. */
  openFailure(error: unknown, damaged: AppError): unknown
}
