import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/engine.ts'
import { releaseSteps, runScript, scriptOf } from '../support/release-workflow.ts'

const steps = await releaseSteps('package')
/** What the packager leaves for Windows. */
const made = [
  'herald-1.0.0-win-x64-portable.exe',
  'herald-1.0.0-win-x64-setup.exe',
  'herald-1.0.0-win-x64-setup.exe.blockmap',
  'latest.yml',
]

async function folderWith(names: readonly string[]): Promise<string> {
  const folder = await temporaryFolder()
  for (const name of names) await writeFile(join(folder, name), name)
  return folder
}

/** A folder of programs in which one stands alone that writes checksums: it says how it was called. */
async function programsWith(tool: string): Promise<string> {
  const folder = join(await temporaryFolder(), 'bin')
  await mkdir(folder)
  await writeFile(join(folder, tool), `#!/bin/sh\necho "${tool} $*"\n`, { mode: 0o755 })
  await symlink('/usr/bin/tee', join(folder, 'tee'))
  return folder
}

// The runner finds Git's bash on Windows; what a test would find there may be another.
describe.runIf(process.platform !== 'win32')('the checksums of a release', () => {
  const script = scriptOf(steps, 'Write down the checksums')

  it.each([
    ['sha256sum', 'sha256sum'],
    ['shasum', 'shasum --algorithm 256'],
  ])('are written where there is only %s', async (tool, command) => {
    const folder = await folderWith([...made, 'builder-debug.yml'])

    await runScript(script, folder, 'win', await programsWith(tool))
    expect(await readFile(join(folder, 'SHA256SUMS-win'), 'utf8')).toBe(`${command} ${made.join(' ')}\n`)
  })

  it('are not written of nothing', async () => {
    await expect(runScript(script, await temporaryFolder(), 'mac')).rejects.toThrow()
  })
})
