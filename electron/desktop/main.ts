import { release } from 'node:os'
import { join } from 'node:path'
import * as electron from 'electron'
import { defaultDataDirectory } from '../base/data-directory.ts'
import { openLogs } from '../base/log.ts'
import { whenAskedToStop } from '../base/stop-signals.ts'
import { openEngine } from '../engine.ts'
import { runProgram } from './program.ts'
import { hasTrayHost } from './tray/tray-host.ts'

// Built, this file is out/main/main.js: preload, jobs and console stand around it.
const here = import.meta.dirname
const dataDir = defaultDataDirectory()
const { main: log } = openLogs(dataDir)
// Electron would show it in a box and go on; it goes on all the same, and the log has it.
process.on('uncaughtException', (error) => log.error(`unexpected: ${error.stack ?? String(error)}`))

void runProgram(electron, {
  openEngine,
  platform: process.platform,
  execPath: process.execPath,
  argv: process.argv,
  dataDir,
  environment: process.env,
  consoleFolder: join(here, '../renderer'),
  preloadFile: join(here, '../preload/preload.cjs'),
  jobsFolder: join(here, 'jobs'),
  system: { versions: process.versions, platform: process.platform, release: release(), arch: process.arch },
  // Its module looks for the running program as soon as it is asked for its updater.
  updater: async () => (await import('electron-updater')).default.autoUpdater,
  stopWanted: whenAskedToStop,
  hasTrayHost: () => hasTrayHost(process.platform, process.env),
  log,
})
