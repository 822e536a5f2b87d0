/** Says in words why a secret can be neither kept nor read. */
export class SecretsUnavailableError extends Error {}

/** Keeps secrets out of the store's bytes. The desktop hands in the system's own keyring. */
export interface SecretBox {
  /** Throws `SecretsUnavailableError` where the system offers no safe place, unless `mayBeKeyFile` allows a weaker one. */
  seal(plain: string, mayBeKeyFile?: boolean): string
  /** Throws when the text was not sealed by the same box, or the box is locked. */
  open(sealed: string): string
}
