import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRawHeader } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'
import manifest from '../../package.json' with { type: 'json' }
import {
  expectedFuses,
  makeHollowMacElectron,
  makeHollowWindowsElectron,
  type PackagerSettings,
  packageProgram,
  packagerModule,
  readFuses,
  readPackagerSettings,
} from '../support/packaged-program.ts'

const { getNodeModuleFileMatcher } = packagerModule('./out/fileMatcher') as {
  getNodeModuleFileMatcher(
    folder: string,
    target: string,
    expand: (pattern: string) => string,
    ofSystem: object,
    packager: object,
  ): { createFilter(): (file: string, stat: Stats) => boolean }
}
const plist = packagerModule('plist') as { parse(text: string): Readonly<Record<string, unknown>> }

/** What Electron compares: the digest of the archive's head, which holds those of its files. */
function digestOf(archive: string): string {
  return createHash('sha256').update(getRawHeader(archive).headerString).digest('hex')
}

describe('the settings of the packager', () => {
  let settings: PackagerSettings

  beforeAll(async () => {
    settings = await readPackagerSettings()
  })

  it.each([
    ['win', ['nsis', 'portable'], ['x64']],
    ['mac', ['dmg', 'zip'], ['x64', 'arm64']],
    ['linux', ['AppImage', 'deb', 'rpm'], ['x64']],
  ] as const)('name what is made for %s', (system, targets, arch) => {
    expect(settings[system].target).toEqual(targets.map((target) => ({ target, arch })))
  })

  it('give every file its own name', () => {
    const names = ['nsis', 'portable', 'mac', 'linux'].map((section) => {
      const own = settings[section] as { readonly artifactName?: string } | undefined
      return own?.artifactName ?? settings.artifactName
    })

    // The two for Windows end in .exe both; all others tell themselves apart by their endings.
    expect(names[0]).not.toBe(names[1])
    for (const name of names) expect(name).toMatch(/\$\{version\}.*\$\{os\}.*\$\{arch\}/)
  })

  it('harden the macOS runtime for program and helpers', () => {
    expect(settings.mac).toMatchObject({
      hardenedRuntime: true,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
    })
  })

  it('grant only the entitlement that V8 needs', async () => {
    const text = await readFile(join(projectFolder, 'build/entitlements.mac.plist'), 'utf8')

    expect(plist.parse(text)).toEqual({ 'com.apple.security.cs.allow-jit': true })
  })

  it('include only the native module for the program’s processor', async () => {
    const packager = { config: settings, debugLogger: { isEnabled: false } }
    const takes = getNodeModuleFileMatcher(
      projectFolder,
      projectFolder,
      (pattern) => pattern,
      {},
      packager,
    ).createFilter()
    const aFile = await stat(join(projectFolder, 'package.json'))
    const built = 'build/Release/node_sqlite3.node'
    const foreign = [
      'build/Debug/node_sqlite3.node',
      'bin/darwin-arm64-150/sqlite3.node',
      'prebuilds/darwin-x64/a.node',
    ]

    expect(
      [built, ...foreign].filter((name) => takes(join(projectFolder, 'node_modules/sqlite3', name), aFile)),
    ).toEqual([built])
  })

  it('publish nothing', () => {
    // The packager can write to no generic feed, and this one is nowhere: it only names the cache of electron-updater.
    expect(settings.publish).toEqual({ provider: 'generic', url: 'https://herald.invalid' })
    expect(manifest.scripts.package).toContain('--publish never')
  })
})

// The packager makes no bundle on Windows.
describe.runIf(process.platform !== 'win32')('the packaged program for macOS', () => {
  let folder: string
  let contents: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'herald-package-mac-'))
    await makeHollowMacElectron(join(folder, 'electron'))
    await packageProgram('mac', folder)
    contents = join(folder, 'dist/mac/Herald.app/Contents')
  }, 240_000)

  afterAll(() => removeFolder(folder))

  it('has its fuses set in the framework', async () => {
    const framework = join(contents, 'Frameworks/Electron Framework.framework/Electron Framework')

    expect(await readFuses(framework)).toEqual(expectedFuses)
  })

  it('contains the digest of its archive, without which it would not start', async () => {
    const info = plist.parse(await readFile(join(contents, 'Info.plist'), 'utf8'))

    expect(info.ElectronAsarIntegrity).toEqual({
      'Resources/app.asar': { algorithm: 'SHA256', hash: digestOf(join(contents, 'Resources/app.asar')) },
    })
    expect(info).toMatchObject({ CFBundleExecutable: 'Herald', CFBundleIdentifier: 'app.herald.desktop' })
  })

  it('has only its native module outside the archive', async () => {
    const resources = join(contents, 'Resources')
    const files = await readdir(join(resources, 'app.asar.unpacked'), { recursive: true, withFileTypes: true })

    expect(files.filter((file) => file.isFile()).map(({ name }) => name)).toEqual(['node_sqlite3.node'])
    expect((await readdir(resources)).filter((name) => /^app|asar/.test(name)).sort()).toEqual([
      'app.asar',
      'app.asar.unpacked',
    ])
  })
})

describe('the packaged program for Windows', () => {
  let folder: string
  let program: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'herald-package-win-'))
    await makeHollowWindowsElectron(join(folder, 'electron'))
    await packageProgram('win', folder)
    program = join(folder, 'dist/win-unpacked')
  }, 240_000)

  afterAll(() => removeFolder(folder))

  it('has its fuses set', async () => {
    expect(await readFuses(join(program, 'Herald.exe'))).toEqual(expectedFuses)
  })

  it('contains the digest of its archive', async () => {
    const bytes = await readFile(join(program, 'Herald.exe'), 'latin1')
    const value = digestOf(join(program, 'resources/app.asar'))

    expect(bytes).toContain(JSON.stringify([{ file: 'resources\\app.asar', alg: 'SHA256', value }]))
  })
})
