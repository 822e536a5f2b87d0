import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Returns how a program runs that was started as an AppImage: from the folder where it is mounted. */
export function asAppImage(file: string) {
  return { environment: { APPIMAGE: file, APPDIR: tmpdir() }, execPath: join(realpathSync(tmpdir()), 'herald') }
}

/** Returns the environment of a portable program for Windows that was started from a file. */
export function asPortable(file: string, name = 'herald') {
  return { environment: { PORTABLE_EXECUTABLE_FILE: file, PORTABLE_EXECUTABLE_APP_FILENAME: name } }
}
