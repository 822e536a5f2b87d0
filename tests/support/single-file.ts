import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDataDir } from './started-desktop.ts'

/** How a program stands that was started as an AppImage: out of a folder that the AppImage laid open. */
export async function asAppImage(file: string) {
  const folder = await temporaryDataDir()
  return { environment: { APPIMAGE: file, APPDIR: folder }, execPath: join(await realpath(folder), 'herald') }
}

/** How a portable program of Windows stands, started from a file. */
export function asPortable(file: string, name = 'herald') {
  return { environment: { PORTABLE_EXECUTABLE_FILE: file, PORTABLE_EXECUTABLE_APP_FILENAME: name } }
}
