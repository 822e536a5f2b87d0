import type { SafeStorage } from 'electron'
import { type SecretBox, SecretsUnavailableError } from '../../base/secret-box.ts'

/** Tells our own sealed text from what another door sealed with a key file. */
const mark = 'keyring:'
/** And from what the operator allowed to be sealed with a key file, for want of a keyring. */
const weakMark = 'keyfile:'

export type Keyring = Pick<SafeStorage, 'decryptStringAsync' | 'encryptStringAsync' | 'isAsyncEncryptionAvailable'> &
  // Only Linux has a choice of them.
  Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>

/**
 * Secrets sealed by the operating system's keyring. Both ways reject with `SecretsUnavailableError` where there is none, but for a secret
 * of which the operator has said that `keyFile` may seal it.
 */
export function keyringSecretBox(safeStorage: Keyring, platform: NodeJS.Platform, keyFile: () => SecretBox): SecretBox {
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
        throw new SecretsUnavailableError('This secret was stored by another part of the program: enter it again')
      }
      await requireKeyring(safeStorage)
      return decrypt(safeStorage, Buffer.from(sealed.slice(mark.length), 'base64'))
    },
  }
}

/** Before Electron is ready there is none, and what Chromium falls back on without one, a password that stands in its source, is none. */
async function requireKeyring(safeStorage: Keyring): Promise<void> {
  const isThere = await safeStorage.isAsyncEncryptionAvailable()
  if (!isThere || safeStorage.getSelectedStorageBackend?.() === 'basic_text') throw noKeyring()
}

async function encrypt(safeStorage: Keyring, platform: NodeJS.Platform, plain: string): Promise<Buffer> {
  await requireKeyring(safeStorage)
  const sealed = await safeStorage.encryptStringAsync(plain).catch((cause: unknown) => {
    throw noKeyring({ cause })
  })
  if (isSealedByPassword(sealed, platform)) throw noKeyring()
  return sealed
}

/**
 * Whether it was that password of Chromium that sealed. The answers above do not tell: on Linux there is always an encryptor, and the
 * backend is the one that the desktop would rather have. The tag in front does (`posix_key_provider.cc`); elsewhere it is the system's own.
 */
function isSealedByPassword(sealed: Buffer, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && sealed.subarray(0, 3).toString('latin1') === 'v10'
}

/** Chromium looks for its key once, so that a keyring which is unlocked later may count from the next start only. */
function noKeyring(options?: ErrorOptions): SecretsUnavailableError {
  return new SecretsUnavailableError(
    'This system offers no keyring, so the gateway token cannot be stored safely. Install or unlock one (GNOME Keyring, KWallet) and start Herald again, or set HERALD_GATEWAY_TOKEN in the environment',
    options,
  )
}

/** `shouldReEncrypt` is passed over: an older key opens as long as the keyring has it, and a token that is entered anew gets the new one. */
async function decrypt(safeStorage: Keyring, sealed: Buffer): Promise<string> {
  try {
    return (await safeStorage.decryptStringAsync(sealed)).result
  } catch (cause) {
    throw new SecretsUnavailableError('The keyring no longer opens this secret: enter it again', { cause })
  }
}
