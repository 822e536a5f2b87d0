import type { AppErrorCode } from '../errors/app-error.ts'

/** Why the store takes nothing: a fault of the disk or of the file, never of what was to be written. */
export type StoreTrouble = 'full' | 'readonly' | 'failing' | 'damaged'

/** The code of each trouble. */
export const storeErrors = {
  full: 'store_full',
  readonly: 'store_readonly',
  failing: 'store_failing',
  damaged: 'store_damaged',
} as const satisfies { readonly [trouble in StoreTrouble]: AppErrorCode }
