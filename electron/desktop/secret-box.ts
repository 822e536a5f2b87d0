import type { SafeStorage } from 'electron'
import { type SecretBox, SecretsUnavailableError } from '../secret-box.ts'

/** Tells our own sealed text from what another door sealed with a key file. */
const mark = 'keyring:'
/** And from what the operator allowed to be sealed with a key file, for want of a keyring. */
const weakMark = 'keyfile:'

export type Keyring = Pick<SafeStorage, 'decryptString' | 'encryptString' | 'isEncryptionAvailable'> &
  // Only Linux has a choice of them.
  Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>

/**
 * Secrets sealed by the operating system's keyring. Both ways throw `SecretsUnavailableError` where there is none, but for a secret of
 * which the operator has said that `keyFile` may seal it.
 */
export function keyringSecretBox(safeStorage: Keyring, keyFile: () => SecretBox): SecretBox {
  return {
    seal(plain, mayBeKeyFile = false) {
      if (mayBeKeyFile && !hasKeyring(safeStorage)) return weakMark + keyFile().seal(plain)
      requireKeyring(safeStorage)
      return mark + safeStorage.encryptString(plain).toString('base64')
    },
    open(sealed) {
      if (sealed.startsWith(weakMark)) return keyFile().open(sealed.slice(weakMark.length))
      if (!sealed.startsWith(mark)) {
        throw new SecretsUnavailableError('This secret was stored by another part of the program: enter it again')
      }
      requireKeyring(safeStorage)
      return decrypt(safeStorage, Buffer.from(sealed.slice(mark.length), 'base64'))
    },
  }
}

/**
 * Asked at each use and not once: a keyring can be unlocked or locked while the program runs. What Chromium falls back on without
 * one, a password that stands in its source, is none.
 */
function hasKeyring(safeStorage: Keyring): boolean {
  return safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend?.() !== 'basic_text'
}

function requireKeyring(safeStorage: Keyring): void {
  if (hasKeyring(safeStorage)) return
  throw new SecretsUnavailableError(
    'This system offers no keyring, so the gateway token cannot be stored safely. Install or unlock one (GNOME Keyring, KWallet), or set HERALD_GATEWAY_TOKEN in the environment',
  )
}

function decrypt(safeStorage: Keyring, sealed: Buffer): string {
  try {
    return safeStorage.decryptString(sealed)
  } catch (cause) {
    throw new SecretsUnavailableError('The keyring no longer opens this secret: enter it again', { cause })
  }
}
