import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { resolveConfig } from 'electron-vite'
import { build, mergeConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portMessage, portWantedChannel, screenWantedChannel } from '#shared/desktop-bridge.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { importsOf, syntaxOf } from '../support/built-modules.ts'

let folder: string
let mainFiles: { readonly name: string; readonly code: string }[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-build-'))
  await buildDesktop(folder)
  const names = await readdir(join(folder, 'main'), { recursive: true })
  mainFiles = await Promise.all(
    names
      .filter((name) => name.endsWith('.js'))
      .map(async (name) => ({ name, code: await readFile(join(folder, 'main', name), 'utf8') })),
  )
})

afterAll(() => removeFolder(folder))

/** Builds the main process, its jobs and the preload like `npm run build`, into `folder/main` and `folder/preload`. */
async function buildDesktop(folder: string): Promise<void> {
  const { config } = await resolveConfig({ logLevel: 'silent' }, 'build', 'production')
  for (const part of ['main', 'preload'] as const) {
    await build(mergeConfig(config?.[part] ?? {}, { build: { outDir: join(folder, part), emptyOutDir: true } }))
  }
}

describe('the built main process', () => {
  it('has an entry and every worker job, each in its own file', async () => {
    const jobs = await readdir(join(import.meta.dirname, '../../electron/scheduler/jobs'))

    expect(jobs.length).toBeGreaterThan(0)
    const expected = ['main.js', ...jobs.map((job) => join('jobs', `${basename(job, '.ts')}.js`))]
    expect(mainFiles.map(({ name }) => name)).toEqual(expect.arrayContaining(expected))
  })

  it('needs only Node, Electron and the program’s dependencies', () => {
    const installed = new Set(['electron', ...Object.keys(packageJson.dependencies)])
    const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

    const missing = mainFiles.flatMap(({ name, code }) =>
      importsOf(code)
        .filter((wanted) => !wanted.startsWith('.') && !isBuiltin(wanted) && !installed.has(packageOf(wanted)))
        .map((wanted) => `${name} imports ${wanted}`),
    )

    expect(missing).toEqual([])
  })

  it('does not point at sources', () => {
    const pointers = mainFiles.flatMap(({ name, code }) =>
      [...syntaxOf(code)]
        .filter(
          ({ type, value }) =>
            type === 'Literal' && typeof value === 'string' && /^(#[a-z]+|\.{1,2})?\/.*\.tsx?$/.test(value),
        )
        .map(({ value }) => `${name}: ${String(value)}`),
    )

    expect(pointers).toEqual([])
  })

  it('keeps Electron out of the worker jobs', () => {
    const jobs = mainFiles.filter(({ name }) => name.startsWith('jobs'))

    expect(jobs.filter(({ code }) => importsOf(code).includes('electron'))).toEqual([])
  })

  it('awaits nothing at its top level, since Electron becomes ready after the entry file', () => {
    const main = mainFiles.find(({ name }) => name === 'main.js')?.code ?? ''

    const waits = [...syntaxOf(main, { outsideFunctions: true })].filter(
      (node) => node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true),
    )

    expect(main).toContain('whenReady')
    expect(waits).toEqual([])
  })
})

describe('the paths of the built main process', () => {
  it('are relative to the file itself, which an archive does not change', () => {
    const main = mainFiles.find(({ name }) => name === 'main.js')?.code ?? ''

    expect(main).toContain('import.meta.dirname')
    for (const { code } of mainFiles) {
      expect(code).not.toMatch(/\bprocess\.(cwd\(|resourcesPath|chdir)|\bgetAppPath\b|app\.asar|__dirname\b/)
    }
  })
})

describe('the built preload', () => {
  it('gives the page two functions, and posts a port only to its own origin', async () => {
    const code = await readFile(join(folder, 'preload', 'preload.cjs'), 'utf8')
    const exposed: Record<string, unknown> = {}
    const sent: unknown[][] = []
    const posted: unknown[][] = []
    const listeners = new Map<string, (event: unknown) => void>()
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: unknown) => Object.assign(exposed, { [name]: api }) },
      ipcRenderer: {
        send: (...said: unknown[]) => sent.push(said),
        on: (channel: string, listener: (event: unknown) => void) => listeners.set(channel, listener),
      },
    }
    const window = {
      location: { origin: 'herald://console' },
      postMessage: (...said: unknown[]) => posted.push(said),
    }
    const required = (name: string) => (name === 'electron' ? electron : undefined)

    runInNewContext(code, { require: required, window, exports: {}, module: { exports: {} } })
    const bridge = exposed.heraldDesktop as { requestPort(...said: unknown[]): void }
    bridge.requestPort('content of the page')
    listeners.get(portMessage)?.({ ports: ['the port'], sender: 'the sender', senderId: 1 })

    expect(Object.keys(exposed)).toEqual(['heraldDesktop'])
    expect(Object.keys(bridge)).toEqual(['requestPort', 'onScreenWanted'])
    expect(sent).toEqual([[portWantedChannel]])
    expect([...listeners.keys()]).toEqual([portMessage, screenWantedChannel])
    expect(JSON.stringify(posted)).toBe(JSON.stringify([[portMessage, 'herald://console', ['the port']]]))
  })

  it('is one CommonJS file that requires only Electron', async () => {
    const files = await readdir(join(folder, 'preload'))
    const code = await readFile(join(folder, 'preload', 'preload.cjs'), 'utf8')
    const required = [...code.matchAll(/\brequire\((.*?)\)/g)].map(([, name]) => name)

    expect(files).toEqual(['preload.cjs'])
    expect(required).toEqual(['"electron"'])
    expect(importsOf(code)).toEqual([])
  })
})
