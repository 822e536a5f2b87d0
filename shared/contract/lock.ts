import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'
import { procedure } from './errors.ts'

export const minPassphraseCharacters = 8
/** Bounds the work of hashing. */
const maxPassphraseCharacters = 1024
const maxIdleMinutes = 24 * 60

const passphraseSchema = z.string().min(1).max(maxPassphraseCharacters)

const newPassphraseSchema = passphraseSchema.refine(
  (text) => [...text].length >= minPassphraseCharacters,
  failsWith('passphrase_too_short', { min: minPassphraseCharacters }),
)

/** The number of minutes without user input after which the console locks. */
export const idleMinutesSchema = z.int().min(1).max(maxIdleMinutes)

export const lockStateSchema = z.object({
  hasPassphrase: z.boolean(),
  isLocked: z.boolean(),
  /** Null if the console does not lock when idle. */
  idleMinutes: idleMinutesSchema.nullable(),
})

/** The lock of the console and the API. With a passphrase the program starts locked. Sending is not affected. */
export const lock = {
  state: procedure.output(lockStateSchema),
  /** Fails with CONFLICT if the passphrase is wrong. After four wrong ones each doubles the wait before the next. */
  unlock: procedure.input(z.strictObject({ passphrase: passphraseSchema })).output(lockStateSchema),
  /** Locks immediately: open streams and later calls fail with LOCKED. Fails with CONFLICT if there is no passphrase. */
  lock: procedure.output(lockStateSchema),
  /** Sets, changes or (null) removes the passphrase. `current` is required if there is one. */
  setPassphrase: procedure
    .input(z.strictObject({ current: passphraseSchema.optional(), next: newPassphraseSchema.nullable() }))
    .output(lockStateSchema),
  setIdle: procedure.input(z.strictObject({ minutes: idleMinutesSchema.nullable() })).output(lockStateSchema),
}

export type LockState = z.output<typeof lockStateSchema>
