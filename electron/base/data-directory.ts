import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** Returns the default data directory: `HERALD_DATA_DIR`, or the operating system's folder for application data. */
export function defaultDataDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const chosen = environment.HERALD_DATA_DIR
  if (chosen !== undefined && chosen !== '') return chosen
  switch (platform) {
    case 'win32':
      return win32.join(environment.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Herald')
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Herald')
    default:
      return posix.join(environment.XDG_DATA_HOME || posix.join(home, '.local', 'share'), 'herald')
  }
}
