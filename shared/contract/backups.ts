import * as z from 'zod'
import { backupKinds, backupNamePattern } from '../domain/backup-name.ts'
import { procedure } from './errors.ts'

/** A copy of the whole store. */
export const backupSchema = z.object({
  name: z.string(),
  kind: z.enum(backupKinds),
  at: z.string(),
  bytes: z.int(),
})

/** Which backups stay: those that were made by themselves go once there are `keep` newer ones of their kind, or after `days` where a newer one is there. */
export const backupPolicySchema = z.object({
  keep: z.int('must be a whole number').min(1, 'must be at least 1').max(365, 'must be at most 365'),
  days: z.int('must be a whole number').min(1, 'must be at least 1').max(3650, 'must be at most 3650'),
})

/** What stands in a backup, counted after its every page was read. */
export const backupContentsSchema = z.object({ clients: z.int(), deliveries: z.int(), messages: z.int() })

const nameSchema = z.object({ name: z.string().regex(backupNamePattern, 'must be the name of a backup') })

export const backups = {
  /** The newest first. `problem` says why the last one that was due could not be made. */
  list: procedure.output(
    z.object({
      items: z.array(backupSchema),
      policy: backupPolicySchema,
      problem: z.object({ at: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  /** Makes one now, while everything goes on. It stays until it is deleted. */
  make: procedure.output(backupSchema),
  /** Reads one through. A damaged one, and one of a newer program, ends in CONFLICT. */
  check: procedure.input(nameSchema).output(backupContentsSchema),
  /**
   * Checks a backup, and has the program begin anew with it. The present store is put aside, never deleted, and deliveries that run or
   * wait for their start are paused: what they sent since then is not known to the backup.
   */
  restore: procedure.input(nameSchema).output(z.void()),
  delete: procedure.input(nameSchema).output(z.void()),
  updatePolicy: procedure.input(backupPolicySchema.partial()).output(backupPolicySchema),
}

export type Backup = z.output<typeof backupSchema>
export type BackupContents = z.output<typeof backupContentsSchema>
export type BackupPolicy = z.output<typeof backupPolicySchema>
