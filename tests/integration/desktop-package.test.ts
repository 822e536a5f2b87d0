import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, posix } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage, statFile } from '@electron/asar'
import electronPackage from 'electron/package.json' with { type: 'json' }
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeFolder } from '#tests/support/remove-folder.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { importsOf } from '../support/built-modules.ts'
import { expectedFuses, makeHollowElectron, packageProgram, readFuses } from '../support/packaged-program.ts'

const run = promisify(execFile)

let folder: string
let resources: string
/** Every file of the archive, by its path inside. */
let packaged: string[]
/** The archive, as plain files. */
let unpacked: string
/** Every package, or module of one, that its main process and its jobs import. */
let wanted: ReadonlySet<string>

/** Packages the program as `npm run package` does, around an Electron that holds nothing. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-package-'))
  await makeHollowElectron(join(folder, 'electron'), electronPackage.version)
  await packageProgram('linux', folder)
  resources = join(folder, 'dist/linux-unpacked/resources')
  packaged = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  unpacked = join(folder, 'unpacked')
  extractAll(join(resources, 'app.asar'), unpacked)
  const names = await readdir(join(unpacked, 'out/main'), { recursive: true })
  const code = await Promise.all(
    names.filter((name) => name.endsWith('.js')).map((name) => readFile(join(unpacked, 'out/main', name), 'utf8')),
  )
  wanted = new Set(
    code.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name) && name !== 'electron'),
  )
}, 240_000)

afterAll(() => removeFolder(folder))

/** Where Node finds a package that is asked for in a folder of the archive: in its own packages, or in those around it. */
function resolvePackage(name: string, from: string): string | null {
  for (let around = from; ; around = around === '.' ? '' : dirname(around)) {
    const folder = join(around === '.' ? '' : around, 'node_modules', name)
    if (existsSync(join(unpacked, folder, 'package.json'))) return folder
    if (around === '' || around === '.') return null
  }
}

it('the packaged program contains what runs', () => {
  expect(packaged).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/out/main/main.js',
      '/out/main/jobs/dispatch.js',
      '/out/main/images/tray-idle-24.png',
      '/out/main/images/tray-idle-Template@2x.png',
      '/out/preload/preload.cjs',
      '/out/renderer/index.html',
    ]),
  )
})

it('the packaged program contains no sources, maps or tests', () => {
  const topLevel = new Set(packaged.map((path) => path.split('/')[1]))

  expect([...topLevel].sort()).toEqual(['node_modules', 'out', 'package.json'])
  expect(packaged.filter((path) => /\.(ts|tsx|mts|cts|map|md|gyp|c|cc|h)$/.test(path))).toEqual([])
  expect(packaged.filter((path) => /^\/node_modules\/(@[^/]+\/)?[^/]+\/(test|tests|__tests__)\//.test(path))).toEqual(
    [],
  )
})

it('the packaged program contains no development dependencies', () => {
  const packages = new Set(packaged.map((path) => /^\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1]))

  expect(Object.keys(packageJson.devDependencies).filter((name) => packages.has(name))).toEqual([])
  expect([...packages].filter((name) => /^(node-gyp|prebuild-install|swagger-ui-dist)$/.test(name ?? ''))).toEqual([])
})

it('the packaged program is an ES module with all its parts in the archive', async () => {
  const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'))
  const names = packaged.filter((path) => /^\/out\/main\/.*\.js$/.test(path))
  const missing: string[] = []
  for (const name of names) {
    const code = await readFile(join(unpacked, name), 'utf8')
    const parts = importsOf(code).filter((wanted) => wanted.startsWith('.'))
    missing.push(
      ...parts.map((part) => posix.join(posix.dirname(name), part)).filter((path) => !packaged.includes(path)),
    )
  }

  expect(manifest).toMatchObject({
    main: 'out/main/main.js',
    type: 'module',
    name: 'herald',
    version: packageJson.version,
    desktopName: 'herald.desktop',
  })
  expect(names.length).toBeGreaterThan(3)
  expect(missing).toEqual([])
})

it('the packaged program has the files of threads, images and window where the main process looks', async () => {
  const main = await readFile(join(unpacked, 'out/main/main.js'), 'utf8')
  const jobs = (await readdir(join(import.meta.dirname, '../../electron/scheduler/jobs'))).map((job) =>
    basename(job, '.ts'),
  )

  // Threads and window are found from the main process's own folder, which is inside the archive.
  for (const place of ['"../renderer"', '"../preload/preload.cjs"', '"images"', '"jobs"']) expect(main).toContain(place)
  for (const job of jobs) {
    const entry = statFile(join(resources, 'app.asar'), join('out', 'main', 'jobs', `${job}.js`))
    expect(entry).toMatchObject({ size: expect.any(Number), integrity: { algorithm: 'SHA256' } })
    expect(entry).not.toHaveProperty('unpacked')
  }
})

it('the native module is found under its name inside the archive, which points to the file outside', async () => {
  const name = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node')
  const { binary } = JSON.parse(await readFile(join(unpacked, 'node_modules/sqlite3/package.json'), 'utf8'))

  expect(statFile(join(resources, 'app.asar'), name)).toMatchObject({ unpacked: true })
  // Node-API: the same binary runs in Node and in Electron, in the main thread and in workers.
  expect(binary.napi_versions).toEqual(expect.arrayContaining([expect.any(Number)]))
})

it('the native module is a real file outside the archive', async () => {
  const native = packaged.filter((path) => path.endsWith('.node'))

  expect(native).toEqual(['/node_modules/sqlite3/build/Release/node_sqlite3.node'])
  expect((await stat(join(resources, 'app.asar.unpacked', native[0] ?? ''))).isFile()).toBe(true)
})

it('the packaged program contains the packages it imports, their dependencies, and no others', async () => {
  const reached = new Set<string>()
  const seen = new Set<string>()
  // Found by their path, not by an import.
  const names = [...wanted, 'dejavu-fonts-ttf']
  const waiting = names.map((name) => ({ name: name.split('/', name.startsWith('@') ? 2 : 1).join('/'), from: '' }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = resolvePackage(next.name, next.from)
    if (folder === null || seen.has(folder)) continue
    seen.add(folder)
    if (folder === join('node_modules', next.name)) reached.add(next.name)
    const { dependencies = {} } = JSON.parse(await readFile(join(unpacked, folder, 'package.json'), 'utf8'))
    // What else sqlite3 names, its binary is built and fetched with.
    const needed = next.name === 'sqlite3' ? ['bindings'] : Object.keys(dependencies)
    waiting.push(...needed.map((name) => ({ name, from: folder })))
  }
  const held = new Set(packaged.map((path) => /^\/node_modules\/((@[^/]+\/)?[^/@]+)\//.exec(path)?.[1]))
  held.delete(undefined)

  expect(reached).toContain('bindings')
  expect([...held].sort()).toEqual([...reached].sort())
})

it('every package that the main process and the jobs import can be imported', async () => {
  const script = join(unpacked, 'out/main/import-all.js')
  await writeFile(script, [...wanted].map((name) => `await import(${JSON.stringify(name)})\n`).join(''))

  expect(wanted).toContain('sqlite3')
  await expect(run(process.execPath, [script])).resolves.toMatchObject({ stderr: '' })
})

it('the packaged program has its fuses set', async () => {
  expect(await readFuses(join(folder, 'dist/linux-unpacked/herald'))).toEqual(expectedFuses)
})
