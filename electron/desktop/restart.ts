import { spawn } from 'node:child_process'
import type { App } from 'electron'
import type { Launch } from './login-start.ts'
import { singleFile } from './single-file.ts'

export interface RestartParts {
  readonly app: Pick<App, 'relaunch' | 'releaseSingleInstanceLock'> & {
    once(event: 'quit', listener: () => void): unknown
  }
}

/** Says to the next start that the installer has failed, which nobody has been told yet. */
export const updateFailedArgument = '--update-failed'

/** What holds for one start alone: whoever asked for a window must get one, a passphrase is forgotten once, and a failure told once. */
const ofOneStart = ['--hidden', '--forget-passphrase', updateFailedArgument]

/** Has the program start anew once this process has ended, with an argument more if it is given one; however often it is called, once. */
export type StartAnew = (argument?: string) => void

export function createStartAnew(
  { app }: RestartParts,
  launch: Pick<Launch, 'argv' | 'environment' | 'execPath'>,
): StartAnew {
  let isWanted = false
  return (argument) => {
    if (isWanted) return
    isWanted = true
    const kept = launch.argv.slice(1).filter((each) => !ofOneStart.includes(each))
    const args = argument === undefined ? kept : [...kept, argument]
    const file = singleFile(launch)
    if (file === undefined) return app.relaunch({ args })
    // Electron's helper for this runs out of the folder that goes with the program, and so goes too; what it starts may also not use
    // `fusermount`, which AppImages need (https://github.com/electron-userland/electron-builder/issues/1727).
    app.once('quit', () => {
      app.releaseSingleInstanceLock()
      spawn(file, args, { detached: true, stdio: 'ignore' }).unref()
    })
  }
}
