import * as z from 'zod'
import { backupKinds, backupNamePattern } from '../domain/backup-name.ts'
import { failsWith } from '../errors/issue.ts'
import { appErrorSchema, procedure } from './errors.ts'

/** A copy of the whole store. */
export const backupSchema = z.object({
  name: z.string(),
  kind: z.enum(backupKinds),
  at: z.string(),
  bytes: z.int(),
})

/** Which automatic backups are deleted: those with `keep` newer ones of their kind, and those older than `days` with a newer one. */
export const backupPolicySchema = z.object({
  keep: z.int().min(1).max(365),
  days: z.int().min(1).max(3650),
})

/** The contents of a backup, counted after all of its pages were read. */
export const backupContentsSchema = z.object({ clients: z.int(), deliveries: z.int(), messages: z.int() })

const nameSchema = z.object({ name: z.string().regex(backupNamePattern, failsWith('backup_name')) })

export const backups = {
  /** Newest first. `problem` says why the last automatic backup failed. */
  list: procedure.output(
    z.object({
      items: z.array(backupSchema),
      policy: backupPolicySchema,
      problem: z.object({ at: z.string(), reason: z.string(), error: appErrorSchema }).nullable(),
    }),
  ),
  /** Makes a backup now, while the program keeps working. It is never deleted automatically. */
  make: procedure.output(backupSchema),
  /** Verifies a backup. Fails with CONFLICT if it is damaged or was made by a newer version. */
  check: procedure.input(nameSchema).output(backupContentsSchema),
  /**
   * Verifies a backup and restarts the program with it. The current store is kept as a replaced store. Running and scheduled
   * deliveries are paused, since the backup does not know what they have sent since.
   */
  restore: procedure.input(nameSchema).output(z.void()),
  delete: procedure.input(nameSchema).output(z.void()),
  updatePolicy: procedure.input(backupPolicySchema.partial()).output(backupPolicySchema),
}

export type Backup = z.output<typeof backupSchema>
export type BackupContents = z.output<typeof backupContentsSchema>
export type BackupPolicy = z.output<typeof backupPolicySchema>
