import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'
import { type Launch, startSingleFileAtQuit } from '../startup/packaging.ts'

const failedUpdatePrefix = '--update-failed='

/** Returns the argument that reports a version's failed installation to the next start. */
export const failedUpdateArgument = (version: string): string => failedUpdatePrefix + version

/** Returns the version whose installation failed before this start, or null. */
export function failedUpdateVersion(argv: readonly string[]): string | null {
  return argv.find((each) => each.startsWith(failedUpdatePrefix))?.slice(failedUpdatePrefix.length) ?? null
}

/** Arguments for one start only: after a restart the window is wanted, and the passphrase is already removed. */
const singleUseArguments = ['--hidden', '--forget-passphrase']

/** Restarts the program once this process has ended, with one more argument if given. Only the first call counts. */
export type Restart = (argument?: string) => void

/** Returns the function that restarts the program the way it was started. */
export function createRestart(
  { app }: Pick<Electron, 'app'>,
  launch: Pick<Launch, 'argv' | 'environment' | 'execPath'> & { readonly log: Log },
): Restart {
  let isRequested = false
  return (argument) => {
    if (isRequested) return
    isRequested = true
    const kept = launch.argv
      .slice(1)
      .filter((each) => !singleUseArguments.includes(each) && !each.startsWith(failedUpdatePrefix))
    const args = argument === undefined ? kept : [...kept, argument]
    if (!startSingleFileAtQuit(app, launch, args, launch.log)) app.relaunch({ args })
  }
}
