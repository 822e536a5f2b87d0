import { keepState } from './kept-state.ts'

const kept = keepState<File | null>(null)

/** Keeps a file that was dropped on the window for the screen that imports it; null takes the offer back. */
export function offerFile(file: File | null): void {
  kept.set(file)
}

/** The file on offer, for the screen that can take it. */
export function useOfferedFile(): File | null {
  return kept.useKept()
}

/** Takes the file on offer, so that nobody else does. */
export function takeOfferedFile(): File | null {
  const file = kept.get()
  if (file !== null) kept.set(null)
  return file
}
