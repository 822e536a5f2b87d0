import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'

const page = readFileSync(join(projectFolder, 'docs/SECURITY.md'), 'utf8')

/** Returns the file that a path of the page means: relative to the project, `electron/` or the integration tests. */
function fileOf(path: string): string | undefined {
  return [path, `electron/${path}`, `tests/integration/${path}`]
    .map((candidate) => join(projectFolder, candidate))
    .find(existsSync)
}

it("docs/SECURITY.md goes through Electron's checklist point by point", () => {
  const points = [...page.matchAll(/^\| (\d+) \| .+? \| (.+) \|$/gm)].map(([, number]) => Number(number))

  expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

it('docs/SECURITY.md names files that exist', () => {
  const paths = [...page.matchAll(/`([\w/.-]+\.(?:tsx?|yml|plist|json|md))`/g)].map(([, path = '']) => path)

  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => fileOf(path) === undefined)).toEqual([])
})
