import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a program stands that was started as an AppImage: out of the folder in which that lies open. */
export function asAppImage(file: string) {
  return { environment: { APPIMAGE: file, APPDIR: tmpdir() }, execPath: join(realpathSync(tmpdir()), 'herald') }
}

/** How a portable program of Windows stands, started from a file. */
export function asPortable(file: string, name = 'herald') {
  return { environment: { PORTABLE_EXECUTABLE_FILE: file, PORTABLE_EXECUTABLE_APP_FILENAME: name } }
}
