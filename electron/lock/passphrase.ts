import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

/** scrypt parameters (RFC 7914): 32 MB and about 100 ms per passphrase, which makes guessing expensive. */
const currentParameters = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const
const saltBytes = 16
const keyBytes = 32

const base64Of = (bytes: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes, `must hold ${bytes} bytes`)

/** The stored hash of a passphrase with its parameters. The limits prevent a damaged store from requesting too much memory. */
export const passphraseHashSchema = z.strictObject({
  function: z.literal('scrypt'),
  cost: z
    .int()
    .min(2 ** 14)
    .max(2 ** 18)
    .refine((cost) => Number.isInteger(Math.log2(cost)), 'must be a power of two'),
  blockSize: z.int().min(1).max(16),
  parallelization: z.int().min(1).max(4),
  salt: base64Of(saltBytes),
  key: base64Of(keyBytes),
})

export type PassphraseHash = z.output<typeof passphraseHashSchema>

/** Returns the hash of a passphrase, with a new salt. */
export async function hashPassphrase(passphrase: string): Promise<PassphraseHash> {
  const salt = randomBytes(saltBytes)
  const key = await deriveKey(passphrase, salt, currentParameters)
  return { function: 'scrypt', ...currentParameters, salt: salt.toString('base64'), key: key.toString('base64') }
}

/** Returns whether a passphrase has this hash. The comparison takes constant time. */
export async function matchesHash(passphrase: string, hash: PassphraseHash): Promise<boolean> {
  const key = await deriveKey(passphrase, Buffer.from(hash.salt, 'base64'), hash)
  return timingSafeEqual(key, Buffer.from(hash.key, 'base64'))
}

function deriveKey(
  passphrase: string,
  salt: Buffer,
  parameters: Pick<PassphraseHash, keyof typeof currentParameters>,
): Promise<Buffer> {
  const { cost, blockSize, parallelization } = parameters
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize * parallelization }
  return new Promise((resolve, reject) => {
    // Keyboards encode some letters in different ways, so normalise them.
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
