import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyringSecretBox } from '#electron/desktop/secret-box.ts'
import { keyFileBox } from '#electron/key-file.ts'
import { SecretsUnavailableError } from '#electron/secret-box.ts'
import { standInKeyring } from '#tests/support/electron-stand-in-system.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

const token = 'eyJhbGciOiJIUzI1NiJ9.токен'

const noKeyFile = (): never => {
  throw new Error('nobody allowed a key file')
}

describe("the system's keyring", () => {
  it('gives back what it sealed, and seals it unreadably', () => {
    const box = keyringSecretBox(
      standInKeyring(() => true),
      noKeyFile,
    )

    const sealed = box.seal(token)

    expect(box.open(sealed)).toBe(token)
    expect(sealed).not.toContain('eyJ')
    expect(Buffer.from(sealed.replace('keyring:', ''), 'base64').toString('utf8')).not.toContain('eyJ')
  })

  it('seals nothing where there is none, and says what the operator can do', () => {
    const box = keyringSecretBox(
      standInKeyring(() => false),
      noKeyFile,
    )

    expect(() => box.seal(token)).toThrow(SecretsUnavailableError)
    expect(() => box.seal(token)).toThrow(/no keyring.*HERALD_GATEWAY_TOKEN/)
  })

  it.each([
    ['basic_text', 'refuses'],
    ['gnome_libsecret', 'seals'],
    ['kwallet6', 'seals'],
  ] as const)('of the kind %s %s: a password that everybody can read in a source is none', (kind, does) => {
    const box = keyringSecretBox({ ...standInKeyring(() => true), getSelectedStorageBackend: () => kind }, noKeyFile)

    if (does === 'refuses') expect(() => box.seal(token)).toThrow(SecretsUnavailableError)
    else expect(box.open(box.seal(token))).toBe(token)
  })

  it('opens nothing while it is locked, and opens again once it is not', () => {
    let unlocked = true
    const box = keyringSecretBox(
      standInKeyring(() => unlocked),
      noKeyFile,
    )
    const sealed = box.seal(token)

    unlocked = false
    expect(() => box.open(sealed)).toThrow(SecretsUnavailableError)
    unlocked = true
    expect(box.open(sealed)).toBe(token)
  })

  it('says in words that a secret of another keyring cannot be read', () => {
    const sealedElsewhere = keyringSecretBox(
      standInKeyring(() => true),
      noKeyFile,
    ).seal(token)
    const box = keyringSecretBox(
      standInKeyring(() => true),
      noKeyFile,
    )

    expect(() => box.open(sealedElsewhere)).toThrow(/enter it again/)
  })

  it("does not mistake the web door's secrets for its own", () => {
    const box = keyringSecretBox(
      standInKeyring(() => true),
      noKeyFile,
    )

    expect(() => box.open('c2VhbGVkIHdpdGggYSBrZXkgZmlsZQ==')).toThrow(SecretsUnavailableError)
  })

  it('where there is none, a key file seals what the operator says it may, and nothing else', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'herald-keyfile-'))
    let hasOne = false
    const box = keyringSecretBox(
      standInKeyring(() => hasOne),
      () => keyFileBox(dataDir),
    )

    expect(() => box.seal(token)).toThrow(SecretsUnavailableError)
    const sealed = box.seal(token, true)
    expect(sealed).toMatch(/^keyfile:/)
    expect(box.open(sealed)).toBe(token)
    hasOne = true
    expect(box.open(sealed)).toBe(token)
    expect(box.seal(token, true)).toMatch(/^keyring:/)
    await removeFolder(dataDir)
  })
})
