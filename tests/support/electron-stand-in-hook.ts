import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const standInUrl = new URL('./electron-stand-in-module.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'electron' ? standInUrl : specifier, context),
})

/** What the built main process finds for Electron in this process. */
export const { standIn } = await import('./electron-stand-in-module.ts')

/** Runs the built main process of a folder as it is. */
export async function runMainProcess(folder: string): Promise<void> {
  await import(pathToFileURL(join(folder, 'main/main.js')).href)
}
