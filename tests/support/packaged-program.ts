import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { isFresh, projectFolder, runBuildTool } from '#electron/dev/built-files.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** What must hold in every packaged binary. */
export const wantedFuses = {
  runAsNode: false,
  cookieEncryption: true,
  nodeOptions: false,
  nodeCliInspect: false,
  embeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

/** Packages the program for a system as `npm run package` does, without an installer, around the Electron in `folder/electron`, into `folder/dist`. */
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
    // Rebuilding would ask the network for Electron's headers; what npm installed runs as it is.
    npmRebuild: 'false',
    // There is nothing to sign in a hollow program.
    'electronFuses.resetAdHocDarwinSignature': 'false',
  }
  const flags = Object.entries(settings).map(([name, value]) => `--config.${name}=${value}`)
  const options = { cwd: projectFolder, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } }
  await run(process.execPath, [builder, `--${system}`, 'dir', '--x64', '--publish', 'never', ...flags], options)
}

/** Where the packager's own modules and templates stand. */
export const packagerFolder = dirname(
  createRequire(require.resolve('electron-builder/package.json')).resolve('app-builder-lib/package.json'),
)

/** A module of the packager's own: what reads its settings, or property lists. */
export function packagerModule(name: string): unknown {
  return createRequire(join(packagerFolder, 'package.json'))(name)
}

interface Target {
  readonly target: string
  readonly arch: readonly string[]
}

/** What electron-builder.yml says, as far as the tests look. */
export interface PackagerSettings {
  readonly [section: string]: unknown
  readonly productName: string
  readonly mac: Readonly<Record<string, unknown>> & { readonly target: readonly Target[] }
  readonly win: { readonly target: readonly Target[] }
  readonly linux: { readonly target: readonly Target[] }
  readonly nsis: { readonly oneClick: boolean; readonly perMachine: boolean }
}

/** The settings as the packager itself reads them. */
export async function readPackagerSettings(): Promise<PackagerSettings> {
  const { getConfig } = packagerModule('./out/util/config/config') as {
    getConfig(folder: string, file: null, more: null): Promise<PackagerSettings>
  }
  return getConfig(projectFolder, null, null)
}
