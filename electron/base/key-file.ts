import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecretBox } from './secret-box.ts'

const keyBytes = 32

/**
 * Encrypts secrets (AES-256-GCM) with a key file beside the store, readable by its owner only. It keeps the token out of the store
 * and its backups. It does not protect against someone who can read the whole directory.
 */
export function keyFileBox(dataDir: string): SecretBox {
  const key = readOrCreateKey(join(dataDir, 'secret.key'))
  return {
    async seal(plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}

function readOrCreateKey(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = readFileSync(file)
  if (key.length === keyBytes) return key
  // The program ended while writing the file. Nothing was encrypted with an incomplete key.
  writeFileSync(file, randomBytes(keyBytes), { mode: 0o600 })
  return readFileSync(file)
}
