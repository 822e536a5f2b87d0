import type { Backup } from '#shared/contract/backups.ts'
import type { BackupFile } from '../backups/backup-list.ts'
import type { Backups } from '../backups/backups.ts'
import { toInstant } from '../base/clock.ts'
import { api, type Parts } from './parts.ts'

/** Backups over the border. `restart` begins the program anew; it is called once the answer may have left. */
export function backupsApi({ events }: Parts, backups: Backups, restart: () => void) {
  const changed = (): void => events.publish({ type: 'changed', entity: 'backups' })
  return {
    list: api.backups.list.handler(async () => {
      const problem = backups.problem()
      return {
        items: (await backups.list()).map(told),
        policy: await backups.policy(),
        problem: problem === null ? null : { at: toInstant(problem.at), reason: problem.reason },
      }
    }),
    make: api.backups.make.handler(async () => {
      const made = await backups.make('manual')
      changed()
      return told(made)
    }),
    check: api.backups.check.handler(({ input }) => backups.check(input.name)),
    restore: api.backups.restore.handler(async ({ input }) => {
      await backups.askForRestore(input.name)
      restart()
    }),
    delete: api.backups.delete.handler(async ({ input }) => {
      await backups.remove(input.name)
      changed()
    }),
    updatePolicy: api.backups.updatePolicy.handler(async ({ input }) => {
      const policy = await backups.changePolicy(input)
      changed()
      return policy
    }),
  }
}

function told({ name, kind, at, bytes }: BackupFile): Backup {
  return { name, kind, at: toInstant(at), bytes }
}
