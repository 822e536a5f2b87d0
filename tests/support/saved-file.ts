import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** A file that the console gave to the operator. */
export interface SavedFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Does what makes a page offer a file, and takes it in place of the browser. */
export async function saveFromPage(page: Page, act: () => Promise<void>): Promise<SavedFile> {
  const saving = page.waitForEvent('download')
  await act()
  const download = await saving
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}
