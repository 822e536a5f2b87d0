import * as z from 'zod'
import { procedure } from './errors.ts'

/** Fewer are tried out too soon. */
export const minPassphraseCharacters = 8
/** What anybody types by heart is shorter; whatever is given is stretched, so that it must have an end. */
const maxPassphraseCharacters = 1024
const maxIdleMinutes = 24 * 60

const givenPassphraseSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(maxPassphraseCharacters, `must have at most ${maxPassphraseCharacters} characters`)

const newPassphraseSchema = givenPassphraseSchema.refine(
  (text) => [...text].length >= minPassphraseCharacters,
  `a passphrase has at least ${minPassphraseCharacters} characters`,
)

/** Minutes without a touch of the console after which it locks. */
export const idleMinutesSchema = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(maxIdleMinutes, `must be at most ${maxIdleMinutes}`)

export const lockStateSchema = z.object({
  hasPassphrase: z.boolean(),
  isLocked: z.boolean(),
  /** Null: idleness does not lock. */
  idleMinutes: idleMinutesSchema.nullable(),
})

/** The lock before the console and before every other call. It is locked at the start where there is a passphrase; sending knows nothing of it. */
export const lock = {
  state: procedure.output(lockStateSchema),
  /** A wrong passphrase ends in CONFLICT, and from the fifth on each makes the next wait longer. */
  unlock: procedure.input(z.strictObject({ passphrase: givenPassphraseSchema })).output(lockStateSchema),
  /** At once: every open stream ends, and every other call ends in LOCKED. CONFLICT where there is no passphrase to open it again. */
  lock: procedure.output(lockStateSchema),
  /** Sets it, changes it, or takes it away (null). The present one must be given where there is one. */
  setPassphrase: procedure
    .input(z.strictObject({ current: givenPassphraseSchema.optional(), next: newPassphraseSchema.nullable() }))
    .output(lockStateSchema),
  setIdle: procedure.input(z.strictObject({ minutes: idleMinutesSchema.nullable() })).output(lockStateSchema),
}

export type LockState = z.output<typeof lockStateSchema>
