import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { App } from 'electron'
import type { Log } from '../../base/log.ts'
import type { Launch } from '../startup/login-start.ts'
import { singleFile } from '../startup/packaging.ts'

export interface RestartParts {
  readonly app: Pick<App, 'relaunch' | 'releaseSingleInstanceLock'> & {
    once(event: 'quit', listener: () => void): unknown
  }
}

const failedArgument = '--update-failed='

/** Says to the next start that the installer of a version has failed, which nobody has been told yet. */
export const updateFailed = (version: string): string => failedArgument + version

/** The version whose installer has failed before this start. */
export function failedUpdateOf(argv: readonly string[]): string | null {
  return argv.find((each) => each.startsWith(failedArgument))?.slice(failedArgument.length) ?? null
}

/** What holds for one start alone: whoever asked for a window must get one, a passphrase is forgotten once, and a failure told once. */
const ofOneStart = ['--hidden', '--forget-passphrase']

/** Has the program start anew once this process has ended, with an argument more if it is given one; however often it is called, once. */
export type StartAnew = (argument?: string) => void

export function createStartAnew(
  { app }: RestartParts,
  launch: Pick<Launch, 'argv' | 'environment' | 'execPath'> & { readonly log: Log },
): StartAnew {
  let isWanted = false
  return (argument) => {
    if (isWanted) return
    isWanted = true
    const kept = launch.argv.slice(1).filter((each) => !ofOneStart.includes(each) && !each.startsWith(failedArgument))
    const args = argument === undefined ? kept : [...kept, argument]
    const file = singleFile(launch)
    // One that was moved away meanwhile has no better way than this.
    if (file === undefined || !existsSync(file)) return app.relaunch({ args })
    // Electron's helper for this runs out of the folder that goes with the program, and so goes too; what it starts may also not use
    // `fusermount`, which AppImages need (https://github.com/electron-userland/electron-builder/issues/1727).
    app.once('quit', () => {
      app.releaseSingleInstanceLock()
      // Not where this one runs, which is about to be cleared away.
      const next = spawn(file, args, { cwd: dirname(file), detached: true, stdio: 'ignore' })
      next.on('error', (error) => launch.log.error(`the program did not start anew: ${error.message}`))
      next.unref()
    })
  }
}
