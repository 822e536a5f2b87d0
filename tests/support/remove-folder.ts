import { rm } from 'node:fs/promises'

/** Clears a folder away, if it is there. On Windows what a process had open stays locked for a moment after its end. */
export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
