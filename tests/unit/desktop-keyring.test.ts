import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { expect, it, onTestFinished } from 'vitest'
import { keyFileBox } from '#electron/base/key-file.ts'
import { SecretsUnavailableError } from '#electron/base/secret-box.ts'
import { keyringSecretBox } from '#electron/desktop/security/keyring.ts'
import { standInKeyring } from '#tests/support/electron-stand-in-system.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

const token = 'eyJhbGciOiJIUzI1NiJ9.токен'

const noKeyFile = (): never => {
  throw new Error('no key file was allowed')
}

const boxOf = (keyring: SafeStorage, platform: NodeJS.Platform = 'linux') =>
  keyringSecretBox(keyring, platform, noKeyFile)

/** The same on a system that has a keyring of its kind, or has none. */
const boxOn = (platform: NodeJS.Platform, isThere: boolean) =>
  boxOf(
    standInKeyring(() => isThere, { platform }),
    platform,
  )

/** The bytes that the keyring made. */
const bytesOf = (sealed: string) => Buffer.from(sealed.replace('keyring:', ''), 'base64')

async function keyFile() {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-keyfile-'))
  onTestFinished(() => removeFolder(dataDir))
  return () => keyFileBox(dataDir)
}

it.each(['linux', 'darwin', 'win32'] as const)(
  'the keyring opens what it sealed on %s, and the sealed text is unreadable',
  async (platform) => {
    const box = boxOn(platform, true)

    const sealed = await box.seal(token)

    expect(await box.open(sealed)).toBe(token)
    expect(sealed).not.toContain('eyJ')
    expect(bytesOf(sealed).toString('utf8')).not.toContain('eyJ')
  },
)

it.each(['linux', 'darwin', 'win32'] as const)(
  'without a keyring on %s nothing is sealed, and the error says what to do',
  async (platform) => {
    const box = boxOn(platform, false)

    await expect(box.seal(token)).rejects.toThrow(SecretsUnavailableError)
    await expect(box.seal(token)).rejects.toThrow(/no keyring.*restart Herald.*HERALD_GATEWAY_TOKEN/)
  },
)

it('the keyring seals nothing before Electron is ready', async () => {
  const box = boxOf(standInKeyring(() => true, { isReady: () => false }))

  await expect(box.seal(token)).rejects.toThrow(SecretsUnavailableError)
})

it.each([
  ['basic_text', 'refuses'],
  ['gnome_libsecret', 'seals'],
  ['kwallet6', 'seals'],
] as const)('the keyring backend %s %s: a public password does not count', async (kind, does) => {
  const box = boxOf({ ...standInKeyring(() => true), getSelectedStorageBackend: () => kind })

  if (does === 'refuses') await expect(box.seal(token)).rejects.toThrow(SecretsUnavailableError)
  else expect(await box.open(await box.seal(token))).toBe(token)
})

it.each([
  ['linux', 'v10', 'refused'],
  ['linux', 'v11', 'taken'],
  ['linux', 'v12', 'taken'],
  ['darwin', 'v10', 'taken'],
  ['win32', 'v10', 'taken'],
] as const)('on %s text with the tag %s is %s, whatever the backend claims', async (platform, tag, is) => {
  const keyring: SafeStorage = {
    ...standInKeyring(() => true),
    encryptStringAsync: async () => Buffer.from(`${tag}sealed`),
    getSelectedStorageBackend: () => 'gnome_libsecret',
  }
  const sealed = boxOf(keyring, platform).seal(token)

  if (is === 'refused') await expect(sealed).rejects.toThrow(SecretsUnavailableError)
  else expect(bytesOf(await sealed).toString()).toBe(`${tag}sealed`)
})

it('a locked keyring opens nothing until it is unlocked', async () => {
  let unlocked = true
  const box = boxOf(standInKeyring(() => unlocked))
  const sealed = await box.seal(token)

  unlocked = false
  await expect(box.open(sealed)).rejects.toThrow(SecretsUnavailableError)
  unlocked = true
  expect(await box.open(sealed)).toBe(token)
})

it('a secret of another keyring cannot be read, and the error says so', async () => {
  const sealedElsewhere = await boxOf(standInKeyring(() => true)).seal(token)
  const opened = boxOf(standInKeyring(() => true)).open(sealedElsewhere)

  await expect(opened).rejects.toThrow(SecretsUnavailableError)
  await expect(opened).rejects.toThrow(/enter it again/)
})

it('the keyring does not open secrets of the web host', async () => {
  const box = boxOf(standInKeyring(() => true))

  await expect(box.open('c2VhbGVkIHdpdGggYSBrZXkgZmlsZQ==')).rejects.toThrow(SecretsUnavailableError)
})

it.each(['linux', 'darwin', 'win32'] as const)(
  'without a keyring on %s a key file seals only what the user allows',
  async (platform) => {
    let hasOne = false
    const box = keyringSecretBox(
      standInKeyring(() => hasOne, { platform }),
      platform,
      await keyFile(),
    )

    await expect(box.seal(token)).rejects.toThrow(SecretsUnavailableError)
    const sealed = await box.seal(token, true)
    expect(sealed).toMatch(/^keyfile:/)
    expect(await box.open(sealed)).toBe(token)
    hasOne = true
    expect(await box.open(sealed)).toBe(token)
    expect(await box.seal(token, true)).toMatch(/^keyring:/)
  },
)
