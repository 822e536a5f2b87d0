import { realpathSync } from 'node:fs'
import { sep } from 'node:path'

/** Where the program runs, and what the environment says of that. */
interface Running {
  readonly environment: NodeJS.ProcessEnv
  readonly execPath: string
}

/**
 * The file that a portable program for Windows unpacked itself from. Everything that such a program starts has its variables, so they
 * count only where they are Herald's: https://www.electron.build/nsis#portable
 */
export function portableFile({ environment }: Pick<Running, 'environment'>): string | undefined {
  const { PORTABLE_EXECUTABLE_FILE, PORTABLE_EXECUTABLE_APP_FILENAME: name } = environment
  return name?.toLowerCase() === 'herald' ? PORTABLE_EXECUTABLE_FILE : undefined
}

/**
 * The one file that the program came as, and that starts it anew: what runs is out of a folder that goes with it. An AppImage's variables
 * too stand in whatever it starts: https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function singleFile(running: Running): string | undefined {
  const { APPDIR, APPIMAGE } = running.environment
  return APPIMAGE && APPDIR && isInside(APPDIR, running.execPath) ? APPIMAGE : portableFile(running)
}

function isInside(folder: string, file: string): boolean {
  try {
    return file.startsWith(realpathSync(folder) + sep)
  } catch {
    return false
  }
}
