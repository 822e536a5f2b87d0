import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'

const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: projectFolder })]
const read = (page: string): string => readFileSync(join(projectFolder, page), 'utf8')
const security = read('docs/SECURITY.md')

/** Returns the file that a path of the security page means: relative to the project, `electron/` or the integration tests. */
function fileOf(path: string): string | undefined {
  return [path, `electron/${path}`, `tests/integration/${path}`]
    .map((candidate) => join(projectFolder, candidate))
    .find(existsSync)
}

it("docs/SECURITY.md goes through Electron's checklist point by point", () => {
  const points = [...security.matchAll(/^(\d+)\. \*\*.+\*\*/gm)].map(([, number]) => Number(number))
  expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

it('docs/SECURITY.md names files that exist', () => {
  const paths = [...security.matchAll(/`([\w/.-]+\.(?:tsx?|yml|plist|json|md))`/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => fileOf(path) === undefined)).toEqual([])
})

it.each(pages)('%s has lines of at most 120 characters, and its links lead to files', (page) => {
  const text = read(page)
  expect(text.split('\n').filter((line) => line.length > 120)).toEqual([])
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !existsSync(resolve(projectFolder, dirname(page), target)))).toEqual([])
})

it.each(globSync('docs/decisions/*.md', { cwd: projectFolder }))(
  '%s has context, decision and consequences',
  (page) => {
    const number = Number(/(\d{4})-/.exec(page)?.[1])
    const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)
    expect(headings[0]).toMatch(new RegExp(`^${number}\\. `))
    expect(headings).toEqual(expect.arrayContaining(['Context', 'Decision', 'Consequences']))
  },
)

it('docs/ARCHITECTURE.md fits on 200 lines and lists every decision', () => {
  const map = read('docs/ARCHITECTURE.md')
  expect(map.split('\n').length).toBeLessThanOrEqual(200)
  const missing = globSync('docs/decisions/*.md', { cwd: projectFolder }).filter((page) => !map.includes(page.slice(5)))
  expect(missing).toEqual([])
})
