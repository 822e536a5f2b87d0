import { CodedError } from '#shared/errors/coded-error.ts'

export { troubleOf } from './sqlite/trouble.ts'

/** A file of the store cannot be used. */
export class StoreOpenError extends CodedError {}

/** Another process uses this data directory. */
export class DirectoryHeldError extends CodedError {}

/** A newer version of the program has written the store. */
export class StoreTooNewError extends CodedError {}

/** A file is damaged, or is not a store of this program. It has the driver's own code for that. */
export class DamagedStoreError extends Error {
  readonly code = 'SQLITE_CORRUPT'
}
