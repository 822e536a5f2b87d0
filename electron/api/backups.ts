import type { Backup } from '#shared/contract/backups.ts'
import { errorText, sentError } from '#shared/errors/app-error.ts'
import type { BackupFile } from '../backups/backup-list.ts'
import type { Backups } from '../backups/backups.ts'
import { toInstant } from '../base/clock.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for backups. `restart` restarts the program; it is called before the answer is sent, so it must not stop at once. */
export function backupsApi({ events }: Parts, backups: Backups, restart: () => void) {
  const publishChange = (): void => events.publish({ type: 'changed', entity: 'backups' })
  return {
    list: api.backups.list.handler(async () => {
      const problem = backups.problem()
      return {
        items: (await backups.list()).map(toBackup),
        policy: await backups.policy(),
        problem:
          problem === null
            ? null
            : { at: toInstant(problem.at), reason: errorText(problem.error), error: sentError(problem.error) },
      }
    }),
    make: api.backups.make.handler(async () => {
      const made = await backups.make('manual')
      publishChange()
      return toBackup(made)
    }),
    check: api.backups.check.handler(({ input }) => backups.check(input.name)),
    restore: api.backups.restore.handler(async ({ input }) => {
      await backups.askForRestore(input.name)
      restart()
    }),
    delete: api.backups.delete.handler(async ({ input }) => {
      await backups.remove(input.name)
      publishChange()
    }),
    updatePolicy: api.backups.updatePolicy.handler(async ({ input }) => {
      const policy = await backups.changePolicy(input)
      publishChange()
      return policy
    }),
  }
}

function toBackup({ name, kind, at, bytes }: BackupFile): Backup {
  return { name, kind, at: toInstant(at), bytes }
}
