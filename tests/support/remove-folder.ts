import { rm } from 'node:fs/promises'

/** Deletes a folder, if it exists. On Windows files stay locked for a moment after their process has ended. */
export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
