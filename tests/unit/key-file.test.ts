import { mkdtemp, readFile, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keyFileBox } from '#electron/base/key-file.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-key-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDAwMDB9.signature'

describe('the key file', () => {
  test.each(['', 'x', token, 'жетон 🎁', 'x'.repeat(10_000)])('opens what it has sealed: %#', async (secret) => {
    const folder = await temporaryFolder()
    const sealed = await keyFileBox(folder).seal(secret)
    expect(await keyFileBox(folder).open(sealed)).toBe(secret)
  })

  test('seals the same secret differently each time, and shows nothing of it', async () => {
    const box = keyFileBox(await temporaryFolder())
    const sealed = [await box.seal(token), await box.seal(token)]
    expect(new Set(sealed).size).toBe(2)
    for (const text of sealed) expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain(token.slice(0, 8))
  })

  test('is made once, and for its owner alone', async () => {
    const folder = await temporaryFolder()
    keyFileBox(folder)
    const key = await readFile(join(folder, 'secret.key'))
    keyFileBox(folder)
    expect(await readFile(join(folder, 'secret.key'))).toEqual(key)
    expect(key).toHaveLength(32)
    if (process.platform !== 'win32') expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600)
  })

  test('opens nothing that was sealed elsewhere', async () => {
    const sealed = await keyFileBox(await temporaryFolder()).seal(token)
    const other = keyFileBox(await temporaryFolder())
    await expect(other.open(sealed)).rejects.toThrow()
  })

  test('notices every flipped bit', async () => {
    const box = keyFileBox(await temporaryFolder())
    const sealed = Buffer.from(await box.seal('secret'), 'base64')
    for (let index = 0; index < sealed.length; index += 1) {
      const forged = Buffer.from(sealed)
      forged[index] = (forged[index] ?? 0) ^ 1
      await expect(box.open(forged.toString('base64')), `byte ${index}`).rejects.toThrow()
    }
  })

  test('notices what is cut off', async () => {
    const box = keyFileBox(await temporaryFolder())
    const sealed = Buffer.from(await box.seal('secret'), 'base64')
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(box.open(sealed.subarray(0, length).toString('base64')), `${length} bytes`).rejects.toThrow()
    }
  })

  test.each([0, 5])('with only %i bytes after a crash is replaced', async (bytes) => {
    const folder = await temporaryFolder()
    keyFileBox(folder)
    await truncate(join(folder, 'secret.key'), bytes)
    const box = keyFileBox(folder)
    expect(await box.open(await box.seal(token))).toBe(token)
    expect(await keyFileBox(folder).open(await box.seal(token))).toBe(token)
  })
})
