import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type ElectronRuntime =
  | { readonly found: true; readonly executable: string }
  | { readonly found: false; readonly reason: string }

/** Where Electron's binary is. Only looks: `import 'electron'` outside of Electron would try to download it. */
export function findElectronRuntime(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ElectronRuntime {
  const electron = packageFolder('electron')
  if (electron === null) return missing('the package electron is not installed')
  const pathFile = join(electron, 'path.txt')
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && !existsSync(pathFile)) return missing('its binary has not been downloaded (npx install-electron)')
  // Electron's own loader falls back on the same name in a folder that somebody filled by hand.
  const file = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const executable = join(override || join(electron, 'dist'), file)
  return existsSync(executable) ? { found: true, executable } : missing(`there is no ${executable}`)
}

function missing(reason: string): ElectronRuntime {
  return { found: false, reason }
}

function packageFolder(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return null // a development dependency, so an installation without it is a normal one
  }
}
