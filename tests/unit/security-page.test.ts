import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'

const page = readFileSync(join(projectFolder, 'docs/SECURITY.md'), 'utf8')

/** Where a path of the page leads: it begins in the project's folder or in `electron/`. */
function fileOf(path: string): string | undefined {
  return [path, `electron/${path}`, `tests/integration/${path}`]
    .map((candidate) => join(projectFolder, candidate))
    .find(existsSync)
}

describe('the page on security', () => {
  it("goes through Electron's checklist point by point", () => {
    const points = [...page.matchAll(/^\| (\d+) \| .+? \| (.+) \|$/gm)].map(([, number]) => Number(number))

    expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('names files that are there', () => {
    const paths = [...page.matchAll(/`([\w/.-]+\.(?:tsx?|yml|plist|json|md))`/g)].map(([, path = '']) => path)

    expect(paths.length).toBeGreaterThan(30)
    expect(paths.filter((path) => fileOf(path) === undefined)).toEqual([])
  })

  it('names functions that stand in the file beside them', () => {
    const claims = [...page.matchAll(/`([\w/-]+\.ts)` `(\w+)`/g)].map(([, path = '', name = '']) => ({ path, name }))
    const holds = ({ path, name }: (typeof claims)[number]) =>
      new RegExp(`\\bfunction ${name}\\b`).test(readFileSync(fileOf(path) ?? '', 'utf8'))

    expect(claims.length).toBeGreaterThan(10)
    expect(claims.filter((claim) => !holds(claim))).toEqual([])
  })
})
