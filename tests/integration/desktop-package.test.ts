import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import electronPackage from 'electron/package.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFresh, projectFolder, runBuildTool } from '#electron/built-files.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { importsOf } from '../support/built-modules.ts'
import { makeHollowElectron, readFuses } from '../support/hollow-electron.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

let folder: string
let resources: string
/** Every file of the archive, by its path inside. */
let packaged: string[]

/** Packages the program as `npm run package` does, around an Electron that holds nothing. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-package-'))
  if (!isFresh('out/main/main.js', ['electron/**', 'shared/**', 'renderer/**', 'electron.vite.config.ts'])) {
    await runBuildTool('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'error'])
  }
  await makeHollowElectron(join(folder, 'electron'), electronPackage.version)
  const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js')
  const settings = {
    electronDist: join(folder, 'electron'),
    'directories.output': join(folder, 'dist'),
    // Rebuilding would ask the network for Electron's headers; what npm installed runs as it is.
    npmRebuild: 'false',
  }
  const flags = Object.entries(settings).map(([name, value]) => `--config.${name}=${value}`)
  await run(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...flags], { cwd: projectFolder })
  resources = join(folder, 'dist/linux-unpacked/resources')
  packaged = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'))
}, 240_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the packaged program', () => {
  it('holds what runs', () => {
    expect(packaged).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/main.js',
        '/out/main/jobs/dispatch.js',
        '/out/preload/preload.cjs',
        '/out/renderer/index.html',
      ]),
    )
  })

  it('holds no sources, maps or tests', () => {
    const topLevel = new Set(packaged.map((path) => path.split('/')[1]))

    expect([...topLevel].sort()).toEqual(['node_modules', 'out', 'package.json'])
    expect(packaged.filter((path) => /\.(ts|tsx|mts|cts|map|md|gyp|c|cc|h)$/.test(path))).toEqual([])
    expect(packaged.filter((path) => /^\/node_modules\/(@[^/]+\/)?[^/]+\/(test|tests|__tests__)\//.test(path))).toEqual(
      [],
    )
  })

  it('holds no development dependencies', () => {
    const packages = new Set(packaged.map((path) => /^\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1]))

    expect(Object.keys(packageJson.devDependencies).filter((name) => packages.has(name))).toEqual([])
    expect([...packages].filter((name) => /^(node-gyp|prebuild-install|swagger-ui-dist)$/.test(name ?? ''))).toEqual([])
  })

  it('keeps the native module in a real file, outside of the archive', async () => {
    const native = packaged.filter((path) => path.endsWith('.node'))

    expect(native).toEqual(['/node_modules/sqlite3/build/Release/node_sqlite3.node'])
    expect((await stat(join(resources, 'app.asar.unpacked', native[0] ?? ''))).isFile()).toBe(true)
  })

  it('finds every package that its main process and its jobs import', async () => {
    const unpacked = join(folder, 'unpacked')
    extractAll(join(resources, 'app.asar'), unpacked)
    const built = (await readdir(join(unpacked, 'out/main'), { recursive: true })).filter((name) =>
      name.endsWith('.js'),
    )
    const code = await Promise.all(built.map((name) => readFile(join(unpacked, 'out/main', name), 'utf8')))
    const wanted = new Set(code.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name)))
    wanted.delete('electron')
    const script = join(unpacked, 'out/main/import-all.js')
    await writeFile(script, [...wanted].map((name) => `await import(${JSON.stringify(name)})\n`).join(''))

    expect(wanted).toContain('sqlite3')
    await expect(run(process.execPath, [script])).resolves.toMatchObject({ stderr: '' })
  })

  it('has its fuses set', async () => {
    expect(await readFuses(join(folder, 'dist/linux-unpacked/herald'))).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      embeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})
