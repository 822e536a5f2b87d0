import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPolicy } from '#shared/contract/backups.ts'
import { type BackupKind, parseBackupName } from '#shared/domain/backup-name.ts'
import { backupsFolder, examineStore } from '../store/sqlite/backup-file.ts'

export interface BackupFile {
  readonly name: string
  readonly kind: BackupKind
  readonly at: number
  readonly bytes: number
}

/** The backups of a data directory, the newest first. */
export async function listBackups(dataDir: string): Promise<BackupFile[]> {
  const folder = backupsFolder(dataDir)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: BackupFile[] = []
  for (const name of names) {
    const told = parseBackupName(name)
    if (told === null) continue
    // One that went meanwhile is none.
    const file = await stat(join(folder, name)).catch(() => null)
    if (file !== null) found.push({ name, ...told, bytes: file.size })
  }
  return found.sort((one, other) => other.at - one.at)
}

/** The newest backup that is whole and not of a newer program; null when there is none. */
export async function newestGoodBackup(dataDir: string): Promise<BackupFile | null> {
  for (const backup of await listBackups(dataDir)) {
    try {
      const { isNewer } = await examineStore(join(backupsFolder(dataDir), backup.name))
      if (!isNewer) return backup
    } catch {
      // Damaged, or on a disk that fails: an older one may still be whole.
    }
  }
  return null
}

export const dayMs = 24 * 3_600_000

/** Those that have had their time. Whatever the operator made stays, and so does the newest of each kind. */
export function outlived(backups: readonly BackupFile[], { keep, days }: BackupPolicy, now: number): BackupFile[] {
  return (['daily', 'before-migration'] as const).flatMap((kind) =>
    backups
      .filter((backup) => backup.kind === kind)
      .sort((one, other) => other.at - one.at)
      .filter(({ at }, newer) => newer >= keep || (newer > 0 && now - at > days * dayMs)),
  )
}
