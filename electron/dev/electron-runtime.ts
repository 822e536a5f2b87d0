import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type ElectronRuntime =
  | { readonly found: true; readonly executable: string }
  | { readonly found: false; readonly reason: string }

/** Finds Electron's binary. It does not `import 'electron'`, which would start a download outside of Electron. */
export function findElectronRuntime(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ElectronRuntime {
  const electron = packageFolder('electron')
  if (electron === null) return missing('the package electron is not installed')
  const pathFile = join(electron, 'path.txt')
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && !existsSync(pathFile)) return missing('its binary has not been downloaded (npx install-electron)')
  // Electron's loader also defaults to this name in a folder that was filled by hand.
  const file = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const executable = join(override || join(electron, 'dist'), file)
  return existsSync(executable) ? { found: true, executable } : missing(`${executable} does not exist`)
}

function missing(reason: string): ElectronRuntime {
  return { found: false, reason }
}

function packageFolder(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return null // electron is a development dependency, so it may not be installed
  }
}
