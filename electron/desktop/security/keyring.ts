import type { SafeStorage } from 'electron'
import { type SecretBox, SecretsUnavailableError } from '../../base/secret-box.ts'

/** In front of text that the keyring sealed. The web host seals with a key file and writes no mark. */
const mark = 'keyring:'
/** In front of text that a key file sealed because the user allowed it: the system has no keyring. */
const weakMark = 'keyfile:'

/**
 * Returns a box that seals secrets with the operating system's keyring. Without a keyring, `seal` and `open` throw
 * `SecretsUnavailableError`, except for a secret that the user allowed `keyFile` to seal.
 */
export function keyringSecretBox(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  keyFile: () => SecretBox,
): SecretBox {
  return {
    async seal(plain, mayBeKeyFile = false) {
      try {
        return mark + (await encrypt(safeStorage, platform, plain)).toString('base64')
      } catch (error) {
        if (!mayBeKeyFile || !(error instanceof SecretsUnavailableError)) throw error
        return weakMark + (await keyFile().seal(plain))
      }
    },
    async open(sealed) {
      if (sealed.startsWith(weakMark)) return keyFile().open(sealed.slice(weakMark.length))
      if (!sealed.startsWith(mark)) {
        throw new SecretsUnavailableError({ code: 'secret_foreign' })
      }
      await requireKeyring(safeStorage)
      return decrypt(safeStorage, Buffer.from(sealed.slice(mark.length), 'base64'))
    },
  }
}

/** Before Electron is ready there is no keyring. Chromium's fallback, a password in its source code, does not count. */
async function requireKeyring(safeStorage: SafeStorage): Promise<void> {
  const isAvailable = await safeStorage.isAsyncEncryptionAvailable()
  // Only Linux has several backends.
  if (!isAvailable || safeStorage.getSelectedStorageBackend?.() === 'basic_text') throw noKeyring()
}

async function encrypt(safeStorage: SafeStorage, platform: NodeJS.Platform, plain: string): Promise<Buffer> {
  await requireKeyring(safeStorage)
  const sealed = await safeStorage.encryptStringAsync(plain).catch((cause: unknown) => {
    throw noKeyring({ cause })
  })
  if (isSealedByFallback(sealed, platform)) throw noKeyring()
  return sealed
}

/**
 * Whether Chromium's fallback password sealed the text. The checks above do not show that: Linux always has an encryptor,
 * and the backend is only the preferred one. The tag in front shows it (`posix_key_provider.cc`). On other systems that
 * tag is the keyring's own.
 */
function isSealedByFallback(sealed: Buffer, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && sealed.subarray(0, 3).toString('latin1') === 'v10'
}

/** Chromium looks for its key once, so a keyring that is unlocked later may work only from the next start. */
function noKeyring(options?: ErrorOptions): SecretsUnavailableError {
  return new SecretsUnavailableError({ code: 'keyring_missing' }, options)
}

/** Ignores `shouldReEncrypt`: an older key works while the keyring has it, and a new token is sealed with the new key. */
async function decrypt(safeStorage: SafeStorage, sealed: Buffer): Promise<string> {
  try {
    return (await safeStorage.decryptStringAsync(sealed)).result
  } catch (cause) {
    throw new SecretsUnavailableError({ code: 'secret_unreadable' }, { cause })
  }
}
