import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { isFresh, projectFolder, runBuildTool } from '#electron/dev/built-files.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** The fuses of every packaged binary. */
export const expectedFuses = {
  runAsNode: false,
  cookieEncryption: true,
  nodeOptions: false,
  nodeCliInspect: false,
  embeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

/**
 * Packages the program like `npm run package`, without an installer, around the Electron in `folder/electron`, into
 * `folder/dist`.
 */
export async function packageProgram(system: 'linux' | 'mac' | 'win', folder: string): Promise<void> {
  if (
    !isFresh('out/main/main.js', [
      'electron/**',
      'shared/**',
      'renderer/**',
      'build/images/**',
      'electron.vite.config.ts',
    ])
  ) {
    await runBuildTool('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'error'])
  }
  const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js')
  const settings = {
    electronDist: join(folder, 'electron'),
    'directories.output': join(folder, 'dist'),
    // Rebuilding would download Electron's headers; the module that npm installed works.
    npmRebuild: 'false',
    // A hollow program has nothing to sign.
    'electronFuses.resetAdHocDarwinSignature': 'false',
  }
  const flags = Object.entries(settings).map(([name, value]) => `--config.${name}=${value}`)
  const options = { cwd: projectFolder, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } }
  await run(process.execPath, [builder, `--${system}`, 'dir', '--x64', '--publish', 'never', ...flags], options)
}

/** The folder of the packager's own modules and templates. */
export const packagerFolder = dirname(
  createRequire(require.resolve('electron-builder/package.json')).resolve('app-builder-lib/package.json'),
)

/** Loads a module of the packager, such as its settings or property lists. */
export function packagerModule(name: string): unknown {
  return createRequire(join(packagerFolder, 'package.json'))(name)
}

interface Target {
  readonly target: string
  readonly arch: readonly string[]
}

/** The part of electron-builder.yml that the tests read. */
export interface PackagerSettings {
  readonly [section: string]: unknown
  readonly productName: string
  readonly mac: Readonly<Record<string, unknown>> & { readonly target: readonly Target[] }
  readonly win: { readonly target: readonly Target[] }
  readonly linux: { readonly target: readonly Target[] }
  readonly nsis: { readonly oneClick: boolean; readonly perMachine: boolean }
}

/** Returns the settings as the packager reads them. */
export async function readPackagerSettings(): Promise<PackagerSettings> {
  const { getConfig } = packagerModule('./out/util/config/config') as {
    getConfig(folder: string, file: null, more: null): Promise<PackagerSettings>
  }
  return getConfig(projectFolder, null, null)
}

/** The mark in front of the fuses in Electron's binary: https://www.electronjs.org/docs/latest/tutorial/fuses#how-do-fuses-work */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The fuses of the first version, in their order. */
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

/** Makes a folder that the packager accepts as Electron's Linux distribution, with an empty program. */
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

/** The part of the packager's editor of Windows programs that makes an empty one. */
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

/** The same for Windows: a valid empty program, with the fuses in its DOS header. */
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

/** Returns which fuses of a packaged binary are on. */
export async function readFuses(binary: string): Promise<Record<(typeof fuseNames)[number], boolean>> {
  const bytes = await readFile(binary)
  const start = bytes.indexOf(sentinel) + sentinel.length + 2
  const states = fuseNames.map((name, index) => [name, String.fromCharCode(bytes[start + index] ?? 0) === '1'])
  return Object.fromEntries(states)
}
