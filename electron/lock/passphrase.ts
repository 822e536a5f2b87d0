import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

/** RFC 7914. 32 MB and some 100 ms for each answer: nothing to somebody who types, much to somebody who tries millions. */
const present = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const
const saltBytes = 16
const keyBytes = 32

const base64Of = (bytes: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes, `must hold ${bytes} bytes`)

/** A passphrase as it is kept: what it was stretched to, and how. The limits keep a spoilt store from asking for all memory. */
export const keptPassphraseSchema = z.strictObject({
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

export type KeptPassphrase = z.output<typeof keptPassphraseSchema>

/** Makes of a passphrase what may be kept. */
export async function keepPassphrase(passphrase: string): Promise<KeptPassphrase> {
  const salt = randomBytes(saltBytes)
  const key = await stretch(passphrase, salt, present)
  return { function: 'scrypt', ...present, salt: salt.toString('base64'), key: key.toString('base64') }
}

/** Whether this is the passphrase that was kept; how long it takes says nothing about how near it is. */
export async function isPassphrase(passphrase: string, kept: KeptPassphrase): Promise<boolean> {
  const key = await stretch(passphrase, Buffer.from(kept.salt, 'base64'), kept)
  return timingSafeEqual(key, Buffer.from(kept.key, 'base64'))
}

function stretch(passphrase: string, salt: Buffer, how: Pick<KeptPassphrase, keyof typeof present>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = how
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize * parallelization }
  return new Promise((resolve, reject) => {
    // One letter can be spelt in several ways, and not every keyboard chooses the same.
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
