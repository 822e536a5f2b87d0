import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { importClients, openTestEngine, temporaryFolder } from '#tests/support/engine.ts'

/** The reason that the program gives for not opening a directory. */
async function refusalOf(dataDir: string): Promise<string> {
  const refused = await openEngine({ dataDir, host: 'web' }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(EngineOpenError)
  return refused instanceof Error ? refused.message : ''
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o1777).toString(8)
}

describe.runIf(process.platform !== 'win32')('what is written of people', () => {
  test('is for the owner alone, in a directory that the program made', async () => {
    const parent = join(await temporaryFolder(), 'made')
    const dataDir = join(parent, 'too')
    await openTestEngine(null, { dataDir })
    expect([await modeOf(parent), await modeOf(dataDir)]).toEqual(['700', '700'])
  })

  test('is made private in an existing directory of ours', async () => {
    const dataDir = await temporaryFolder()
    const engine = await openTestEngine(null, { dataDir })
    await engine.close()
    await chmod(dataDir, 0o755)
    await chmod(join(dataDir, 'herald.db'), 0o644)
    await engine.reopen()
    expect([await modeOf(dataDir), await modeOf(join(dataDir, 'herald.db'))]).toEqual(['700', '600'])
  })

  test('is for the owner alone file by file where others have things too, and their directory stays open', async () => {
    const dataDir = await temporaryFolder()
    await chmod(dataDir, 0o755)
    await writeFile(join(dataDir, 'of another program.txt'), '')
    const engine = await openTestEngine(null, { dataDir })
    await importClients(engine, 1)
    await expect.poll(() => readdir(join(dataDir, 'logs')).catch(() => [])).toContain('main.log')
    expect(await modeOf(dataDir)).toBe('755')
    for (const name of ['herald.db', 'herald.db-wal', 'herald.db-shm', 'secret.key', 'logs/main.log'])
      expect([name, await modeOf(join(dataDir, name))]).toEqual([name, '600'])
  })

  test('never changes the permissions of a directory that everybody writes in', async () => {
    const dataDir = await temporaryFolder()
    await chmod(dataDir, 0o1777)
    const engine = await openTestEngine(null, { dataDir })
    await engine.reopen()
    expect(await modeOf(dataDir)).toBe('1777')
  })
})

describe('an unusable data directory is refused with an explanation:', () => {
  test('a file', async () => {
    const file = join(await temporaryFolder(), 'a file')
    await writeFile(file, 'mine')
    const words = `${file} is a file, not a directory: choose another data directory`
    expect(await refusalOf(file)).toBe(words)
    expect(await refusalOf(join(file, 'inside', 'it'))).toBe(words)
    expect(await readFile(file, 'utf8')).toBe('mine')
  })

  test.runIf(process.platform === 'linux')('one where nothing can be made, and at once', async () => {
    const words = '/proc is not writable: choose another data directory, or change its permissions'
    expect(await refusalOf('/proc/herald')).toContain(words)
    expect(await refusalOf('/proc/herald/deep/inside')).toContain(words)
    expect(await refusalOf('/proc')).toMatch(/\/proc.* choose another data directory/)
  })

  test.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)('one that is not ours to write in', async () => {
    const dataDir = await temporaryFolder()
    await chmod(dataDir, 0o500)
    expect(await refusalOf(dataDir)).toContain(`nothing can be written in ${dataDir}`)
    expect(await refusalOf(join(dataDir, 'inside'))).toContain(`nothing can be written in ${dataDir}`)
    await chmod(dataDir, 0o700)
  })

  test('one whose store is no store', async () => {
    const dataDir = await temporaryFolder()
    const file = join(dataDir, 'herald.db')
    await writeFile(file, 'x'.repeat(10_000))
    const words = await refusalOf(dataDir)
    expect(words).toContain(`${file} is damaged`)
    expect(words).toContain('choose another data directory')
    expect(await readFile(file, 'utf8')).toBe('x'.repeat(10_000))
  })

  test('one whose store is damaged inside', async () => {
    const dataDir = await temporaryFolder()
    await (await openEngine({ dataDir, host: 'web' })).close()
    const file = join(dataDir, 'herald.db')
    const bytes = await readFile(file)
    // The header stays, so that only reading the tables shows the damage.
    await writeFile(file, bytes.fill(0xa5, 100))
    expect(await refusalOf(dataDir)).toContain(`${file} is damaged`)
  })

  test('one whose lock is damaged', async () => {
    const dataDir = await temporaryFolder()
    await writeFile(join(dataDir, 'owner.db'), 'x'.repeat(10_000))
    expect(await refusalOf(dataDir)).toBe(
      `${join(dataDir, 'owner.db')} is damaged: delete it, it contains no data of yours`,
    )
  })

  test('one whose store is a directory', async () => {
    const dataDir = await temporaryFolder()
    await mkdir(join(dataDir, 'herald.db'))
    expect(await refusalOf(dataDir)).toContain(`${join(dataDir, 'herald.db')} cannot be opened`)
  })
})
