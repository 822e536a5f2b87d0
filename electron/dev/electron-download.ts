import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronRuntime, findElectronRuntime } from './electron-runtime.ts'

/** A network that lets nothing through often says nothing either. */
const firstByteWithinMs = 15_000
const downloadWithinMs = 10 * 60_000
const lookEveryMs = 250

/** Electron's runtime, downloaded by its own installer when it is missing. A download that cannot be had is no error. */
export async function obtainElectronRuntime(sayDownloading: () => void): Promise<ElectronRuntime> {
  const present = findElectronRuntime()
  // A place that somebody named is theirs to fill.
  if (present.found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return present
  await download(sayDownloading)
  return findElectronRuntime()
}

async function download(sayDownloading: () => void): Promise<void> {
  // Its own folder shows whether anything arrives, and leaves nothing behind when the download is broken off.
  const folder = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  const installer = spawn(process.execPath, [createRequire(import.meta.url).resolve('electron/install.js')], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
  })
  const startedAt = performance.now()
  let arriving = false
  const watch = setInterval(async () => {
    if (!arriving && (await holdsFile(folder))) {
      arriving = true
      sayDownloading()
    }
    if (performance.now() - startedAt > (arriving ? downloadWithinMs : firstByteWithinMs)) installer.kill()
  }, lookEveryMs)
  await new Promise((resolve) => {
    installer.once('error', resolve)
    installer.once('exit', resolve)
  })
  clearInterval(watch)
  await rm(folder, { recursive: true, force: true })
}

async function holdsFile(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.some((entry) => entry.isFile())
}
