import { createSharedState } from '../api/shared-state.ts'

/** File names that the import can read. Systems do not agree on the media types of these files. */
const importable = /\.(csv|tsv|txt|xlsx)$/i

const dropped = createSharedState<File | null>(null)

/** The first of the dropped files that clients can be imported from; null if there is none. */
export function importableFile<Dropped extends { readonly name: string }>(files: Iterable<Dropped>): Dropped | null {
  for (const file of files) if (importable.test(file.name)) return file
  return null
}

/** Keeps a file that was dropped on the window for the import screen; null discards it. */
export function setDroppedFile(file: File | null): void {
  dropped.set(file)
}

/** The dropped file that waits for the import screen. */
export function useDroppedFile(): File | null {
  return dropped.useValue()
}

/** Returns the dropped file and removes it, so that it is opened once. */
export function takeDroppedFile(): File | null {
  const file = dropped.get()
  if (file !== null) dropped.set(null)
  return file
}
