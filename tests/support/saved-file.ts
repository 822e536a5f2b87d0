import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DesktopProgram } from './desktop-launcher.ts'

/** A file that the console gave to the user. */
export interface SavedFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Does what makes a page offer a file, and returns the file. */
export async function saveFromPage(page: Page, act: () => Promise<void>): Promise<SavedFile> {
  const saving = page.waitForEvent('download')
  await act()
  const download = await saving
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** The same on the real Electron, which would ask the user where to save it. */
export async function saveFromElectron(
  { main, dataDir }: Pick<DesktopProgram, 'main' | 'dataDir'>,
  act: () => Promise<void>,
): Promise<SavedFile> {
  const path = join(dataDir, 'saved')
  await main.evaluate(({ session }, path) => {
    const name = new Promise<string>((resolve, reject) => {
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(path)
        item.once('done', (_done, state) =>
          state === 'completed' ? resolve(item.getFilename()) : reject(new Error(`the file was not saved: ${state}`)),
        )
      })
    })
    Object.assign(globalThis, { heraldSaved: name })
  }, path)
  await act()
  const name = await main.evaluate(() => (globalThis as unknown as { heraldSaved: Promise<string> }).heraldSaved, null)
  return { name, bytes: await readFile(path) }
}
