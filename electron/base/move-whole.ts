import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Gives a finished file its final name. Its content, then its name, are on disk when this resolves. */
export async function moveWhole(part: string, whole: string): Promise<void> {
  await sync(part, 'r+')
  await rename(part, whole)
  // Windows cannot open folders, and writes names to disk without being asked.
  if (process.platform !== 'win32') await sync(dirname(whole), 'r')
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
