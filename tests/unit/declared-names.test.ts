import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'

const declaration = /^export (?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm

test('no exported name is declared in two files', () => {
  const filesOf = new Map<string, string[]>()
  // A migration has the name of the table or column that it adds.
  for (const file of globSync('{electron,shared,renderer}/**/*.{ts,tsx}', { cwd: projectFolder }).sort()) {
    if (file.includes('migrations')) continue
    const names = new Set(
      [...readFileSync(join(projectFolder, file), 'utf8').matchAll(declaration)].map(([, n = '']) => n),
    )
    for (const name of names) filesOf.set(name, [...(filesOf.get(name) ?? []), file])
  }

  expect(filesOf.size).toBeGreaterThan(1000)
  expect([...filesOf].filter(([, files]) => files.length > 1)).toEqual([])
})
