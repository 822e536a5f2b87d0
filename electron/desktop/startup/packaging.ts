import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import type { App } from 'electron'
import type { Log } from '../../base/log.ts'

/** How and where the program was started. */
export interface Launch {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly execPath: string
  readonly argv: readonly string[]
}

/**
 * Returns the file that a portable program for Windows unpacked itself from. Programs that it starts inherit these
 * variables, so they count only if they are Herald's: https://www.electron.build/nsis#portable
 */
export function portableFile({ environment }: Pick<Launch, 'environment'>): string | undefined {
  const { PORTABLE_EXECUTABLE_FILE, PORTABLE_EXECUTABLE_APP_FILENAME: name } = environment
  return name?.toLowerCase() === 'herald' ? PORTABLE_EXECUTABLE_FILE : undefined
}

/** Whether an installer put the program here. Nothing can be installed over a portable program or over the sources. */
export function isInstalledProgram({ isPackaged }: Pick<App, 'isPackaged'>, launch: Launch): boolean {
  return isPackaged && portableFile(launch) === undefined
}

/**
 * Returns the single file that starts the program, if it came as one. The running program is in a temporary folder then.
 * Programs that an AppImage starts inherit its variables: https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function singleFile(launch: Pick<Launch, 'environment' | 'execPath'>): string | undefined {
  const { APPDIR, APPIMAGE } = launch.environment
  return APPIMAGE && APPDIR && isInside(APPDIR, launch.execPath) ? APPIMAGE : portableFile(launch)
}

/**
 * Starts the program's single file when this process quits. Returns false if it has none any more. Electron's own
 * `relaunch` runs from the temporary folder, which is deleted at quit, and without `fusermount`, which AppImages need
 * (https://github.com/electron-userland/electron-builder/issues/1727).
 */
export function startSingleFileAtQuit(
  app: App,
  launch: Pick<Launch, 'environment' | 'execPath'>,
  args: readonly string[],
  log: Log,
): boolean {
  const file = singleFile(launch)
  if (file === undefined || !existsSync(file)) return false
  app.once('quit', () => {
    app.releaseSingleInstanceLock()
    // Not in the temporary folder, which is about to be deleted.
    const next = spawn(file, args, { cwd: dirname(file), detached: true, stdio: 'ignore' })
    next.on('error', (error) => log.error(`the program did not restart: ${error.message}`))
    next.unref()
  })
  return true
}

function isInside(folder: string, file: string): boolean {
  try {
    return file.startsWith(realpathSync(folder) + sep)
  } catch {
    return false // the folder of another program, deleted since
  }
}
