import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { forgetPassphrase, type Lock, openLock } from '#electron/lock/lock.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { openTestEngine, temporaryFolder } from '#tests/support/engine.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const passphrase = 'correct horse battery'
const refused = (field: string | null, reason: unknown) => ({ code: 'CONFLICT', data: { field, reason } })

/** A lock on a store of its own, with a clock that stands still. */
async function openLockAlone() {
  const clock = settableClock()
  const dataDir = await temporaryFolder()
  const store = await openTestStoreIn(dataDir, clock.now)
  return { dataDir, store, clock, lock: await openLock(store, clock.now) }
}

/** What stands in the row where the passphrase is kept. */
async function keptIn(dataDir: string): Promise<string> {
  const session = await openSession(storeFile(dataDir))
  const row = await session.first<{ value: string }>(`SELECT value FROM settings WHERE key = 'lock'`)
  await session.close()
  return row?.value ?? ''
}

/** The bytes of every file in a folder and below it. */
async function bytesUnder(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))))
}

/** Writes into the row where the passphrase is kept, or where wrong answers are counted. */
async function keepInstead(dataDir: string, value: string, key = 'lock'): Promise<void> {
  const session = await openSession(storeFile(dataDir))
  await session.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [key, value])
  await session.close()
}

/** What becomes of an answer, in the lock's own words. */
function answer(lock: Lock, word: string): Promise<string> {
  return lock.unlock(word).then(
    () => 'unlocked',
    (error: Error) => error.message,
  )
}

describe('a passphrase', () => {
  test('is absent at first, has at least eight characters, and changes only with the current one', async () => {
    const { client } = await openTestEngine(null)
    expect(await client.lock.state()).toEqual({ hasPassphrase: false, isLocked: false, idleMinutes: null })
    await expect(client.lock.lock()).rejects.toMatchObject(refused(null, expect.stringContaining('set one first')))
    await expect(client.lock.setPassphrase({ next: '7 chars' })).rejects.toThrow()
    // Eight halves of four characters.
    await expect(client.lock.setPassphrase({ next: '😀😀😀😀' })).rejects.toThrow()
    expect(await client.lock.setPassphrase({ next: passphrase })).toMatchObject({
      hasPassphrase: true,
      isLocked: false,
    })

    for (const next of ['another one', null]) {
      await expect(client.lock.setPassphrase({ next })).rejects.toMatchObject(
        refused('current', 'the current passphrase is required'),
      )
      await expect(client.lock.setPassphrase({ current: 'a wrong one', next })).rejects.toMatchObject(
        refused('current', 'this is not the passphrase'),
      )
    }
    await client.lock.setPassphrase({ current: passphrase, next: 'another one' })
    await client.lock.lock()
    await expect(client.lock.unlock({ passphrase })).rejects.toMatchObject(
      refused('passphrase', 'this is not the passphrase'),
    )
    expect(await client.lock.unlock({ passphrase: 'another one' })).toMatchObject({ isLocked: false })
    expect(await client.lock.setPassphrase({ current: 'another one', next: null })).toMatchObject({
      hasPassphrase: false,
    })
  })

  test('is the same in both spellings of its letters', async () => {
    const { lock } = await openLockAlone()
    await lock.setPassphrase(undefined, 'caf\u00e9 noir')
    lock.lock()
    expect(await lock.unlock('cafe\u0301 noir')).toMatchObject({ isLocked: false })
  })

  test('is in no file of the data directory, and the journal records only that it changed', async () => {
    const engine = await openTestEngine(null)
    await engine.client.lock.setPassphrase({ next: passphrase })
    await engine.client.lock.setIdle({ minutes: 5 })
    await engine.client.lock.setPassphrase({ current: passphrase, next: `${passphrase} 2` })
    await engine.client.lock.lock()
    await engine.client.lock.unlock({ passphrase: 'guessed wrongly' }).catch(() => undefined)
    await engine.client.lock.unlock({ passphrase: `${passphrase} 2` })
    const { items } = await engine.client.journal.list({})
    expect(items.map(({ settings, changes }) => ({ settings, changes }))).toEqual([
      { settings: 'lock', changes: [{ field: 'passphrase', before: null, after: null }] },
      { settings: 'lock', changes: [{ field: 'idleMinutes', before: null, after: '5' }] },
      { settings: 'lock', changes: [{ field: 'passphrase', before: null, after: null }] },
    ])
    await engine.close()
    const everything = Buffer.concat(await bytesUnder(engine.dataDir))
    // What is looked for would be found: the journal and the row of the lock are among these bytes.
    for (const there of ['passphrase', '"scrypt"', 'call=lock.unlock']) expect(everything.includes(there)).toBe(true)
    for (const secret of [passphrase, 'guessed wrongly', Buffer.from(passphrase).toString('base64')])
      expect(everything.includes(secret)).toBe(false)
    const { key, salt } = JSON.parse(await keptIn(engine.dataDir)).passphrase
    const logs = Buffer.concat(await bytesUnder(join(engine.dataDir, 'logs')))
    expect(logs.includes('call=lock.unlock')).toBe(true)
    for (const secret of [key, salt]) expect(logs.includes(secret)).toBe(false)
    await engine.reopen()
  })

  test('is salted: the same one is stored differently each time', async () => {
    const kept = async () => {
      const { lock, store } = await openLockAlone()
      await lock.setPassphrase(undefined, passphrase)
      return (await store.sql.first<{ value: string }>(`SELECT value FROM settings WHERE key = 'lock'`))?.value
    }
    const [first, second] = [await kept(), await kept()]
    expect(JSON.parse(first ?? '').passphrase).toMatchObject({ function: 'scrypt', cost: 32_768, blockSize: 8 })
    expect(first).not.toBe(second)
  })
})

describe('a passphrase that is guessed', () => {
  test('makes every guess after the fifth wait, longer and longer, up to half a minute', async () => {
    const { lock, clock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    lock.lock()
    const guess = () => answer(lock, 'a wrong one')
    for (let n = 0; n < 4; n += 1) expect(await guess()).toBe('this is not the passphrase')
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      expect(await guess()).toBe(`this is not the passphrase: wait ${seconds} s before the next attempt`)
      clock.advance(seconds * 1000 - 1)
      // Not even the right one is looked at, and nobody learns whether it was.
      await expect(lock.unlock(passphrase)).rejects.toMatchObject({
        field: 'passphrase',
        message: 'wait 1 s before the next attempt',
      })
      clock.advance(1)
    }
    // The other way to ask whether a passphrase is right is slowed down just so.
    await expect(lock.setPassphrase('a wrong one', null)).rejects.toMatchObject({ field: 'current' })
    await expect(lock.setPassphrase(passphrase, null)).rejects.toMatchObject({ message: /^wait 30 s/ })
    clock.advance(30_000)
    expect(await lock.unlock(passphrase)).toMatchObject({ isLocked: false })
    lock.lock()
    expect(await guess()).toBe('this is not the passphrase')
  })

  test('many times at once is checked one after the other', async () => {
    const { lock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    lock.lock()
    const guesses = [...Array.from({ length: 5 }, () => 'a wrong one'), passphrase]
    const ends = await Promise.allSettled(guesses.map((guess) => lock.unlock(guess)))
    expect(ends.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'wait 1 s before the next attempt' } })
    expect(lock.isLocked()).toBe(true)
  })

  test('wrongly is counted over a restart, which starts the wait again', async () => {
    const { store, clock, lock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    lock.lock()
    for (const seconds of [0, 0, 0, 0, 1, 2, 4]) {
      await answer(lock, 'a wrong one')
      clock.advance(seconds * 1000)
    }
    // Nothing holds the next answer back, but for a restart.
    const again = await openLock(store, clock.now)
    expect(await answer(again, passphrase)).toBe('wait 4 s before the next attempt')
    clock.advance(4_000)
    expect(await answer(again, 'a wrong one')).toBe('this is not the passphrase: wait 8 s before the next attempt')
    clock.advance(8_000)
    expect(await answer(again, passphrase)).toBe('unlocked')
    const afterwards = await openLock(store, clock.now)
    expect(await answer(afterwards, 'a wrong one')).toBe('this is not the passphrase')
  })

  test('is not checked while the store cannot count the answer', async () => {
    const { store, lock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    lock.lock()
    await store.sql.run(
      `CREATE TRIGGER noRoom BEFORE INSERT ON settings BEGIN SELECT RAISE(ABORT, 'there is no room'); END`,
    )
    const [right, wrong] = [await answer(lock, passphrase), await answer(lock, 'a wrong one')]
    expect([right, lock.isLocked()]).toEqual([wrong, true])
    expect(wrong).not.toContain('passphrase')
    await store.sql.run('DROP TRIGGER noRoom')
    expect(await answer(lock, passphrase)).toBe('unlocked')
  })

  test.each([
    ['a clock that moved back', '9', -3_600_000],
    ['a clock that moved forward', '9', 3_600_000],
    ['an unreadable count', 'spoilt', 0],
  ] as const)('too often waits after a restart with %s', async (_what, count, ms) => {
    const { dataDir, store, clock, lock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    await keepInstead(dataDir, count, 'wrongAnswers')
    clock.advance(ms)
    expect(await answer(await openLock(store, clock.now), passphrase)).toMatch(/^wait (1\d|2\d|30) s before/)
    await forgetPassphrase(store)
    const forgotten = await openLock(store, clock.now)
    await forgotten.setPassphrase(undefined, passphrase)
    forgotten.lock()
    expect(await answer(forgotten, passphrase)).toBe('unlocked')
  })

  test('too often waits after a restart of the whole program', async () => {
    const engine = await openTestEngine(null)
    await engine.client.lock.setPassphrase({ next: passphrase })
    await engine.close()
    await keepInstead(engine.dataDir, '9', 'wrongAnswers')
    await engine.reopen()
    await expect(engine.client.lock.unlock({ passphrase })).rejects.toMatchObject(
      refused('passphrase', expect.stringMatching(/^wait (1\d|2\d|30) s before/)),
    )
  })
})

describe('a stored passphrase', () => {
  test.each([
    ['incomplete JSON', '{"passphrase":'],
    ['no hash', '{"idleMinutes":5}'],
    ['parameters that would take all memory', (kept: string) => kept.replace('32768', '1073741824')],
    ['parameters that make guessing cheap', (kept: string) => kept.replace('32768', '2')],
    ['an empty key', (kept: string) => kept.replace(/"key":"[^"]+"/, '"key":""')],
  ])('with %s locks the program, unlocks with nothing, and can be forgotten', async (_what, spoil) => {
    const { dataDir, store, clock, lock } = await openLockAlone()
    await lock.setPassphrase(undefined, passphrase)
    await keepInstead(dataDir, typeof spoil === 'string' ? spoil : spoil(await keptIn(dataDir)))
    const spoilt = await openLock(store, clock.now)
    expect(spoilt.state()).toMatchObject({ hasPassphrase: true, isLocked: true })
    await expect(spoilt.unlock(passphrase)).rejects.toMatchObject({
      field: 'passphrase',
      message: expect.stringContaining('--forget-passphrase'),
    })
    await forgetPassphrase(store)
    expect((await openLock(store, clock.now)).state()).toMatchObject({ hasPassphrase: false, isLocked: false })
  })

  test('that is forgotten is removed at the next start only, and the journal records it', async () => {
    const engine = await openTestEngine(null)
    await engine.client.lock.setPassphrase({ next: passphrase })
    await engine.client.lock.setIdle({ minutes: 15 })
    await engine.reopen()
    expect(await engine.client.lock.state()).toMatchObject({ isLocked: true })
    await engine.reopen({ forgetPassphrase: true })
    expect(await engine.client.lock.state()).toEqual({ hasPassphrase: false, isLocked: false, idleMinutes: 15 })
    expect((await engine.client.journal.list({})).items[0]).toMatchObject({
      settings: 'lock',
      changes: [{ field: 'passphrase' }],
    })
    await engine.reopen()
    expect(await engine.client.lock.state()).toMatchObject({ isLocked: false })
  })
})
