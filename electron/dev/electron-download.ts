import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronRuntime, findElectronRuntime } from './electron-runtime.ts'

/** A network that blocks the download often does not answer at all. */
const firstByteTimeoutMs = 15_000
const downloadTimeoutMs = 10 * 60_000
const checkEveryMs = 250

/** Returns Electron's runtime. Downloads it with its installer if it is missing. A failed download is not an error. */
export async function obtainElectronRuntime(onDownload: () => void): Promise<ElectronRuntime> {
  const present = findElectronRuntime()
  // The user provides the runtime in a folder of their own.
  if (present.found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return present
  await download(onDownload)
  return findElectronRuntime()
}

async function download(onDownload: () => void): Promise<void> {
  // A separate folder shows whether data arrives, and is deleted if the download is stopped.
  const folder = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  const installer = spawn(process.execPath, [createRequire(import.meta.url).resolve('electron/install.js')], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
  })
  const startedAt = performance.now()
  let arriving = false
  const watch = setInterval(async () => {
    if (!arriving && (await containsFile(folder))) {
      arriving = true
      onDownload()
    }
    if (performance.now() - startedAt > (arriving ? downloadTimeoutMs : firstByteTimeoutMs)) installer.kill()
  }, checkEveryMs)
  await new Promise((resolve) => {
    installer.once('error', resolve)
    installer.once('exit', resolve)
  })
  clearInterval(watch)
  await rm(folder, { recursive: true, force: true })
}

async function containsFile(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.some((entry) => entry.isFile())
}
