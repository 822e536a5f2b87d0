import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as plainTest } from '@playwright/test'
import { openConsole } from '../support/e2e-console.ts'
import { test } from '../support/e2e-story.ts'
import { findPackagedProgram, fuseFileOf, openPackaged } from '../support/packaged-desktop.ts'
import { expectedFuses, readFuses } from '../support/packaged-program.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { findWhatWasKept, importAndSend } from '../support/smoke-story.ts'

test('the smoke story passes on the web host', async ({ page, startHerald }) => {
  const herald = await startHerald()
  await openConsole(page, herald)

  await importAndSend(page)
  await findWhatWasKept(page)
})

plainTest('the packaged program opens, imports, sends to the sandbox, closes, and opens again', async () => {
  const found = findPackagedProgram()
  if ('missing' in found) {
    process.stdout.write(
      `NOT RUN on the packaged program: ${found.missing}. Its contents are looked at in tests/integration.\n`,
    )
    plainTest.skip(true, found.missing)
    return
  }
  // Of an AppImage they are in the file that lies inside.
  if (!found.executable.endsWith('.AppImage'))
    expect(await readFuses(fuseFileOf(found.executable))).toEqual(expectedFuses)
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-packaged-'))
  try {
    const first = await openPackaged(found.executable, dataDir)
    await expect(first.page).toHaveURL(/^herald:\/\/console\//)
    expect(await first.page.evaluate('[typeof require, typeof process]')).toEqual(['undefined', 'undefined'])
    await importAndSend(first.page)
    expect(await first.close()).toBe(0)

    const second = await openPackaged(found.executable, dataDir)
    await findWhatWasKept(second.page)
    expect(await second.close()).toBe(0)
  } finally {
    await removeFolder(dataDir)
  }
})
