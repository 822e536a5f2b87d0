import { release } from 'node:os'
import { join } from 'node:path'
import * as electron from 'electron'
import { defaultDataDirectory } from '../base/data-directory.ts'
import { openLogs } from '../base/log.ts'
import { whenAskedToStop } from '../base/stop-signals.ts'
import { openEngine } from '../engine.ts'
import { runDesktop } from './program.ts'
import { hasTrayHost } from './tray/tray-host.ts'

// In the build this file is out/main/main.js, next to its images and jobs.
const here = import.meta.dirname
const dataDir = defaultDataDirectory()
const { main: log } = openLogs(dataDir)
// Electron would show a dialog and continue; this continues too, and writes to the log.
process.on('uncaughtException', (error) => log.error(`unexpected: ${error.stack ?? String(error)}`))

void runDesktop(electron, {
  openEngine,
  platform: process.platform,
  execPath: process.execPath,
  argv: process.argv,
  dataDir,
  environment: process.env,
  consoleFolder: join(here, '../renderer'),
  preloadFile: join(here, '../preload/preload.cjs'),
  imagesFolder: join(here, 'images'),
  jobsFolder: join(here, 'jobs'),
  system: { versions: process.versions, platform: process.platform, release: release(), arch: process.arch },
  // The package looks for the running program as soon as its updater is read.
  updater: async () => (await import('electron-updater')).default.autoUpdater,
  stopRequested: whenAskedToStop,
  hasTrayHost: () => hasTrayHost(process.platform, process.env),
  log,
})
