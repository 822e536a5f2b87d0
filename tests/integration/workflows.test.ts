import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'
import { temporaryFolder } from '../support/engine.ts'
import { readWorkflow, releaseSteps, runScript, scriptOf } from '../support/workflow-steps.ts'

const steps = await releaseSteps('package')
/** The packager's output for Windows; the last two files are for the updater. */
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

/** Returns a PATH with only one checksum tool, which prints its call. */
async function programsWith(tool: string): Promise<string> {
  const folder = join(await temporaryFolder(), 'bin')
  await mkdir(folder)
  await writeFile(join(folder, tool), `#!/bin/sh\necho "${tool} $*"\n`, { mode: 0o755 })
  await symlink('/usr/bin/tee', join(folder, 'tee'))
  return folder
}

// On Windows the runner finds Git's bash, which a test may not find.
describe.runIf(process.platform !== 'win32')('the checksums of a release', () => {
  const script = scriptOf(steps, 'checksums')

  it.each([
    ['sha256sum', 'sha256sum'],
    ['shasum', 'shasum --algorithm 256'],
  ])('are written if the system has only %s', async (tool, command) => {
    const folder = await folderWith([...made, 'builder-debug.yml'])

    await runScript(script, folder, 'win', { PATH: await programsWith(tool) })
    expect(await readFile(join(folder, 'SHA256SUMS-win'), 'utf8')).toBe(`${command} ${made.join(' ')}\n`)
  })

  it('fail without files', async () => {
    await expect(runScript(script, await temporaryFolder(), 'mac')).rejects.toThrow()
  })
})

describe('the files of a release', () => {
  it('are all files with a checksum, and the checksums', () => {
    const kept = String(steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))?.with?.path)
    const patterns = kept.trim().split('\n')
    const others = ['a.dmg', 'a.zip', 'a.AppImage', 'a.deb', 'a.rpm'].map((name) => `herald-${name}`)

    for (const name of [...made, ...others, 'latest-mac.yml', 'latest-linux.yml', 'SHA256SUMS-win'])
      expect(
        patterns.some((pattern) => posix.matchesGlob(`dist/${name}`, pattern)),
        name,
      ).toBe(true)
    expect(patterns.some((pattern) => posix.matchesGlob('dist/builder-debug.yml', pattern))).toBe(false)
  })

  it.runIf(process.platform !== 'win32')('include every file of an update feed', async () => {
    const script = scriptOf(await releaseSteps('draft'), 'feed')
    const folder = await folderWith(made)
    for (const feed of ['latest-mac.yml', 'latest-linux.yml', 'latest.yml'])
      await writeFile(
        join(folder, feed),
        `version: 1.0.0\nfiles:\n  - url: ${made[1]}\n    sha512: a\npath: ${made[1]}\n`,
      )
    await runScript(script, folder, 'linux')

    await rename(join(folder, made[1] ?? ''), join(folder, 'Herald Setup 1.0.0.exe'))
    await expect(runScript(script, folder, 'linux')).rejects.toThrow()
  })
})

describe.each(['checks', 'release'] as const)('the steps of “%s”', (name) => {
  it('run in bash on every system', async () => {
    expect((await readWorkflow(name)).defaults).toEqual({ run: { shell: 'bash' } })
  })

  it('name tests that exist', async () => {
    const steps = Object.values((await readWorkflow(name)).jobs).flatMap((job) => job.steps)
    const named = steps.flatMap(({ run = '' }) => run.match(/\btests\/\S+\.ts\b/g) ?? [])

    expect(named).not.toEqual([])
    expect(named.filter((file) => !existsSync(join(projectFolder, file)))).toEqual([])
  })
})
