import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { moveWhole } from '../../base/move-whole.ts'
import type { StoreHost } from '../ports/store-host.ts'
import { backUpStore, backupsFolder, checkStore, endedUnclean, examineStore } from './backup-file.ts'
import { openFailure } from './open-failure.ts'
import { takeOwnership } from './ownership.ts'

const storeName = 'herald.db'

/** Returns the path of the store in a data directory. */
export function storeFile(dataDir: string): string {
  return join(dataDir, storeName)
}

/** The store of a data directory as a file. Opens nothing yet. */
export function storeHost(dataDir: string): StoreHost {
  const file = storeFile(dataDir)
  const folder = backupsFolder(dataDir)
  const part = `${file}.part`
  return {
    file,
    backupsFolder: folder,
    takeOwnership: () => takeOwnership(dataDir),
    endedUnclean: () => endedUnclean(file),
    check: () => checkStore(file),
    examineBackup: (name) => examineStore(join(folder, name)),
    backUp: (kind, at, signal) => backUpStore(dataDir, file, kind, at, signal),
    async replaceBy(backup, replaced) {
      if (backup === null) return moveStore(file, replaced)
      try {
        await copyFile(join(folder, backup), part)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      await moveStore(file, replaced)
      await moveWhole(part, file)
    },
    async deletePartFiles() {
      const names = await readdir(folder).catch(() => [])
      for (const name of names) if (name.endsWith('.part')) await rm(join(folder, name), { force: true })
      await rm(part, { force: true })
    },
    openFailure: (error, damaged) => openFailure(error, file, damaged),
  }
}

/**
 * Moves the store and SQLite's files beside it into a folder; nothing is deleted. When the folder has the store already,
 * an earlier restore was interrupted: the file in the store's place is a fresh copy of the backup, and is deleted.
 */
async function moveStore(file: string, folder: string): Promise<void> {
  const isCopy = existsSync(join(folder, storeName)) && existsSync(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const suffix of ['', '-wal', '-shm']) {
    if (!existsSync(file + suffix)) continue
    if (isCopy) await rm(file + suffix)
    else await rename(file + suffix, join(folder, storeName + suffix))
  }
}
