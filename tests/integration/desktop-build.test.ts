import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { importsOf, syntaxOf } from '../support/built-modules.ts'
import { buildDesktop } from '../support/desktop-build.ts'

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

afterAll(() => rm(folder, { recursive: true }))

describe('the built main process', () => {
  it('has an entry and every worker job, each in a file of its own', async () => {
    const jobs = await readdir(join(import.meta.dirname, '../../electron/scheduler/jobs'))

    expect(jobs.length).toBeGreaterThan(0)
    const expected = ['main.js', ...jobs.map((job) => join('jobs', `${basename(job, '.ts')}.js`))]
    expect(mainFiles.map(({ name }) => name)).toEqual(expect.arrayContaining(expected))
  })

  it('needs nothing but Node, Electron and what is installed with the program', () => {
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

  it('awaits nothing at its top level: Electron becomes ready only after the entry file is done', () => {
    const main = mainFiles.find(({ name }) => name === 'main.js')?.code ?? ''

    const waits = [...syntaxOf(main, { outsideFunctions: true })].filter(
      (node) => node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true),
    )

    expect(main).toContain('whenReady')
    expect(waits).toEqual([])
  })
})

describe('the built preload', () => {
  it('is one CommonJS file that requires Electron alone, as a sandbox demands', async () => {
    const files = await readdir(join(folder, 'preload'))
    const code = await readFile(join(folder, 'preload', 'preload.cjs'), 'utf8')
    const required = [...code.matchAll(/\brequire\((.*?)\)/g)].map(([, name]) => name)

    expect(files).toEqual(['preload.cjs'])
    expect(required).toEqual(['"electron"'])
    expect(importsOf(code)).toEqual([])
  })
})
