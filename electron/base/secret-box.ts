import { CodedError } from '#shared/errors/coded-error.ts'

/** A secret can be neither stored nor read. */
export class SecretsUnavailableError extends CodedError {}

/** Encrypts secrets before they are stored. The desktop host passes one that uses the system's keyring, which may prompt the user. */
export interface SecretBox {
  /** Rejects with `SecretsUnavailableError` if the system has no keyring, unless `mayBeKeyFile` allows a key file. */
  seal(plain: string, mayBeKeyFile?: boolean): Promise<string>
  /** Rejects if the text was sealed by another box, or the keyring is locked. */
  open(sealed: string): Promise<string>
}
