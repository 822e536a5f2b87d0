import { createSharedState } from '../api/shared-state.ts'

const kept = createSharedState<File | null>(null)

/** Keeps a file that was dropped on the window for the screen that imports it; null takes the offer back. */
export function setDroppedFile(file: File | null): void {
  kept.set(file)
}

/** The file on offer, for the screen that can take it. */
export function useDroppedFile(): File | null {
  return kept.useValue()
}

/** Takes the file on offer, so that nobody else does. */
export function takeDroppedFile(): File | null {
  const file = kept.get()
  if (file !== null) kept.set(null)
  return file
}
