import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPolicy } from '#shared/contract/backups.ts'
import { type BackupKind, parseBackupName } from '#shared/domain/backup-name.ts'
import type { StoreHost } from '../store/ports/store-host.ts'

export interface BackupFile {
  readonly name: string
  readonly kind: BackupKind
  /** When it was made (ms). */
  readonly at: number
  readonly bytes: number
}

/** Returns the backups of a store, the newest first. */
export async function listBackups({ backupsFolder }: StoreHost): Promise<BackupFile[]> {
  const names = await readdir(backupsFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: BackupFile[] = []
  for (const name of names) {
    const parsed = parseBackupName(name)
    if (parsed === null) continue
    // A backup may be deleted meanwhile.
    const file = await stat(join(backupsFolder, name)).catch(() => null)
    if (file !== null) found.push({ name, ...parsed, bytes: file.size })
  }
  return found.sort((one, other) => other.at - one.at)
}

/** Returns the newest undamaged backup that no newer version has made; null when there is none. */
export async function newestGoodBackup(host: StoreHost): Promise<BackupFile | null> {
  for (const backup of await listBackups(host)) {
    try {
      const { isNewer } = await host.examineBackup(backup.name)
      if (!isNewer) return backup
    } catch {
      // It is damaged, or the disk fails: an older one may still be good.
    }
  }
  return null
}

export const dayMs = 24 * 3_600_000

/** Returns the backups that the policy deletes. Manual ones are kept, and so is the newest of each kind. */
export function expiredBackups(
  backups: readonly BackupFile[],
  { keep, days }: BackupPolicy,
  now: number,
): BackupFile[] {
  return (['daily', 'before-migration'] as const).flatMap((kind) =>
    backups
      .filter((backup) => backup.kind === kind)
      .sort((one, other) => other.at - one.at)
      .filter(({ at }, newer) => newer >= keep || (newer > 0 && now - at > days * dayMs)),
  )
}
