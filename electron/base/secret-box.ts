/** Says in words why a secret can be neither kept nor read. */
export class SecretsUnavailableError extends Error {}

/** Keeps secrets out of the store's bytes. The desktop hands in the system's own keyring, which may ask its owner first. */
export interface SecretBox {
  /** Rejects with `SecretsUnavailableError` where the system offers no safe place, unless `mayBeKeyFile` allows a weaker one. */
  seal(plain: string, mayBeKeyFile?: boolean): Promise<string>
  /** Rejects when the text was not sealed by the same box, or the box is locked. */
  open(sealed: string): Promise<string>
}
