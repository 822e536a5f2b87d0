import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { projectFolder } from '#electron/dev/built-files.ts'
import manifest from '../../package.json' with { type: 'json' }
import { packagerModule, readPackagerSettings } from './packaged-program.ts'

/** A menu entry of a Linux desktop. */
export interface MenuEntry {
  readonly file: string
  readonly text: string
}

interface AppNames {
  readonly productFilename: string
  readonly sanitizedName: string
}

const { getWindowsInstallationDirName } = packagerModule('./out/targets/targetUtil') as {
  getWindowsInstallationDirName(names: AppNames, byProduct: boolean): string
}
const { setPrinter } = packagerModule('builder-util') as { setPrinter(print: (line: string) => void): void }

/** Starts the packager for installers of an empty program, and stops it once it has computed the options of each. */
async function readInstallers<Read>(
  platform: Platform,
  targets: readonly string[],
  folder: string,
  read: (options: unknown) => Promise<Read>,
): Promise<readonly Read[]> {
  const prepackaged = join(folder, 'program')
  await mkdir(join(prepackaged, 'resources'), { recursive: true })
  setPrinter(() => undefined)
  const found: Read[] = []
  await build({
    projectDir: projectFolder,
    prepackaged,
    publish: 'never',
    targets: platform.createTarget([...targets], Arch.x64),
    // Otherwise it would download a packer for the portable program.
    config: { directories: { output: join(folder, 'dist') }, portable: { useZip: true } },
    effectiveOptionComputed: async (options: unknown) => found.push(await read(options)) > 0,
  })
  return found
}

/** Returns the menu entries of the AppImage and of the Linux packages. */
export async function menuEntries(folder: string): Promise<readonly MenuEntry[]> {
  return readInstallers(Platform.LINUX, ['AppImage', 'deb', 'rpm'], folder, async (options) => {
    if (!Array.isArray(options)) {
      const { desktop, desktopFileName } = options as { readonly desktop: string; readonly desktopFileName: string }
      return { file: desktopFileName, text: desktop }
    }
    const [args, from] = options as [readonly string[], string]
    const place = args.find((arg) => arg.startsWith(`${from}=`)) ?? ''
    return { file: place.slice(from.length + 1), text: await readFile(from, 'utf8') }
  })
}

/** Returns the definitions that the portable program's script is built with. */
export async function definesOfPortable(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const [defines = {}] = await readInstallers(Platform.WINDOWS, ['portable'], folder, async (options) => {
    const [defines] = options as [Readonly<Record<string, unknown>>]
    return defines
  })
  return defines
}

/** Returns the folder that the Windows installer uses for a single user. */
export async function folderOfWindowsProgram(): Promise<string> {
  const { nsis, productName } = await readPackagerSettings()
  return getWindowsInstallationDirName(
    { productFilename: productName, sanitizedName: manifest.name },
    !nsis.oneClick || nsis.perMachine,
  )
}
