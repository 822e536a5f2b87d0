import { assertNever } from './assert-never.ts'

/** Why the store takes nothing: a fault of the disk or of the file, never of what was to be written. */
export const storeTroubles = ['full', 'readonly', 'failing', 'damaged'] as const
export type StoreTrouble = (typeof storeTroubles)[number]

/** The trouble in words, with the remedy. The console knows each by its very sentence. */
export function describeStoreTrouble(trouble: StoreTrouble): string {
  switch (trouble) {
    case 'full':
      return 'the disk that holds the data directory is full: make room on it'
    case 'readonly':
      return 'nothing can be written in the data directory: get leave to write there'
    case 'failing':
      return 'the disk that holds the data directory reads or writes with errors: see to it, and to a backup'
    case 'damaged':
      return 'the store is damaged: close Herald and put a backup in its place'
    default:
      return assertNever(trouble)
  }
}
