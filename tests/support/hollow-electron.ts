import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packagerModule } from './packaged-program.ts'

/** What Electron's binary carries before its fuses: https://www.electronjs.org/docs/latest/tutorial/fuses#how-do-fuses-work */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The first version of the fuse wire, in its order. */
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

/** The fuses as Electron ships them. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, fuseNames.length]), Buffer.from('10110001')])
const binary = Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)])

/** Makes a folder that the packager takes for Electron's Linux distribution: all of it but the program. */
export async function makeHollowElectron(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  await writeFile(join(folder, 'electron'), binary, { mode: 0o755 })
  await writeFile(join(folder, 'version'), version)
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    await writeFile(join(folder, file), '')
  }
}

/** The same for macOS: the program, its framework, which has the fuses, and its helpers. */
export async function makeHollowMacElectron(folder: string): Promise<void> {
  const contents = join(folder, 'Electron.app/Contents')
  const frameworks = join(contents, 'Frameworks')
  await mkdir(join(contents, 'Resources'), { recursive: true })
  await makeBundle(contents, 'Electron')
  for (const suffix of ['', ' (Renderer)', ' (GPU)', ' (Plugin)']) {
    await makeBundle(join(frameworks, `Electron Helper${suffix}.app/Contents`), `Electron Helper${suffix}`)
  }
  await mkdir(join(frameworks, 'Electron Framework.framework/Resources'), { recursive: true })
  await writeFile(join(frameworks, 'Electron Framework.framework/Electron Framework'), binary, { mode: 0o755 })
}

/** As much of the packager's editor of Windows programs as makes an empty one. */
interface ResourceEditor {
  readonly NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): { generate(): ArrayBuffer } }
  readonly NtExecutableResource: {
    from(program: object): { readonly entries: readonly unknown[]; outputResource(program: object): void }
  }
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        setStringValues(language: object, values: object): void
        outputToResourceEntries(entries: readonly unknown[]): void
      }
    }
  }
}

/** The same for Windows: a program that Windows would know for one, with the fuses where it tells DOS what it is not. */
export async function makeHollowWindowsElectron(folder: string): Promise<void> {
  const { NtExecutable, NtExecutableResource, Resource } = packagerModule('resedit') as ResourceEditor
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  const bytes = Buffer.from(program.generate())
  wire.copy(bytes, 64)
  await mkdir(join(folder, 'locales'), { recursive: true })
  await writeFile(join(folder, 'locales/en-US.pak'), '')
  await writeFile(join(folder, 'electron.exe'), bytes)
}

async function makeBundle(contents: string, name: string): Promise<void> {
  await mkdir(join(contents, 'MacOS'), { recursive: true })
  await writeFile(join(contents, 'MacOS', name), '', { mode: 0o755 })
  const info = `<dict><key>CFBundleExecutable</key><string>${name}</string></dict>`
  await writeFile(join(contents, 'Info.plist'), `<?xml version="1.0"?><plist version="1.0">${info}</plist>`)
}

/** Which fuses of a packaged binary are on. */
export async function readFuses(binary: string): Promise<Record<(typeof fuseNames)[number], boolean>> {
  const bytes = await readFile(binary)
  const start = bytes.indexOf(sentinel) + sentinel.length + 2
  const states = fuseNames.map((name, index) => [name, String.fromCharCode(bytes[start + index] ?? 0) === '1'])
  return Object.fromEntries(states)
}
