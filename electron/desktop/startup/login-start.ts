import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'
import { singleFile } from './packaging.ts'

export interface LoginParts {
  readonly app: Pick<App, 'getLoginItemSettings' | 'isPackaged' | 'setLoginItemSettings'>
}

/** How the program was started, and where. */
export interface Launch {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly execPath: string
  readonly argv: readonly string[]
}

/** Says at a start that no window is wanted: the program was started by the system, at login. */
const hiddenArgument = '--hidden'

/** Whether the system started the program at login, so that it belongs into the tray. */
export function isHiddenStart({ app }: LoginParts, { platform, argv }: Launch): boolean {
  return argv.includes(hiddenArgument) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}

/** Whether the environment names the data directory, which no system passes on at login: macOS takes not even arguments. */
export function isDirectoryChosen({ environment }: Pick<Launch, 'environment'>): boolean {
  return Boolean(environment.HERALD_DATA_DIR)
}

/**
 * Makes the system start the program at login, or no longer; touches nothing that is as it should be. A program that runs from
 * its sources is never started so, nor one whose data directory the environment names: the system would open the usual one, whose program
 * alone has a say in its start. Throws what the file system throws.
 */
export function startAtLogin({ app }: LoginParts, launch: Launch, isWanted: boolean): void {
  if (!app.isPackaged || isDirectoryChosen(launch)) return
  if (launch.platform === 'linux') return writeAutostart(launch, isWanted)
  const args = [hiddenArgument]
  const path = singleFile(launch)
  const item = { args, ...(path === undefined ? {} : { path }) }
  // Asked first: on Windows, setting it again would undo what the operator did in the Task Manager.
  if (app.getLoginItemSettings(item).openAtLogin !== isWanted)
    app.setLoginItemSettings({ openAtLogin: isWanted, ...item })
}

/** Desktop environments start what stands here: https://specifications.freedesktop.org/autostart-spec/latest/ */
function writeAutostart(launch: Launch, isWanted: boolean): void {
  const { XDG_CONFIG_HOME, HOME } = launch.environment
  const config = XDG_CONFIG_HOME || (HOME ? join(HOME, '.config') : undefined)
  if (config === undefined) {
    if (isWanted) throw new Error('neither XDG_CONFIG_HOME nor HOME says where programs of the login stand')
    return
  }
  const file = join(config, 'autostart', 'herald.desktop')
  if (!isWanted) return rmSync(file, { force: true })
  const program = singleFile(launch) ?? launch.execPath
  const command = `Exec=${quoted(program)} ${hiddenArgument}`
  // Whatever else the desktop's own settings have written there, such as that it is switched off, stays.
  if (existsSync(file) && readFileSync(file, 'utf8').split('\n').includes(command)) return
  mkdirSync(dirname(file), { recursive: true })
  // A program that was removed leaves its entry behind, which counts for nothing then.
  const tried = `TryExec=${program.replaceAll('\\', '\\\\')}`
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Herald', command, tried, 'Terminal=false', '']
  writeFileSync(file, lines.join('\n'))
}

/** Twice escaped, as an argument and as a string: https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
function quoted(argument: string): string {
  const escaped = argument.replace(/["`$\\]/g, (character) => `\\${character}`).replaceAll('%', '%%')
  return `"${escaped.replaceAll('\\', '\\\\')}"`
}
