import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Electron } from '../electron-api.ts'
import { type Launch, singleFile } from './packaging.ts'

/** Passed by the system at login: no window is wanted. */
const hiddenArgument = '--hidden'

/** Whether the system started the program at login, so that it belongs in the tray. */
export function isHiddenStart({ app }: Pick<Electron, 'app'>, { platform, argv }: Launch): boolean {
  return argv.includes(hiddenArgument) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}

/** Whether the environment names the data directory. No system passes that on at login; macOS passes no arguments either. */
export function isDirectoryChosen({ environment }: Pick<Launch, 'environment'>): boolean {
  return Boolean(environment.HERALD_DATA_DIR)
}

/**
 * Makes the system start the program at login, or stops it; changes nothing that is already right. It does nothing for
 * a program that runs from its sources, or whose data directory the environment names: at login the system would open
 * the default directory. Throws file system errors.
 */
export function startAtLogin({ app }: Pick<Electron, 'app'>, launch: Launch, isWanted: boolean): void {
  if (!app.isPackaged || isDirectoryChosen(launch)) return
  if (launch.platform === 'linux') return writeAutostart(launch, isWanted)
  const args = [hiddenArgument]
  const path = singleFile(launch)
  const item = { args, ...(path === undefined ? {} : { path }) }
  // On Windows, setting it again would undo what the user did in the Task Manager.
  if (app.getLoginItemSettings(item).openAtLogin !== isWanted)
    app.setLoginItemSettings({ openAtLogin: isWanted, ...item })
}

/** Desktop environments start what this file names: https://specifications.freedesktop.org/autostart-spec/latest/ */
function writeAutostart(launch: Launch, isWanted: boolean): void {
  const { XDG_CONFIG_HOME, HOME } = launch.environment
  const config = XDG_CONFIG_HOME || (HOME ? join(HOME, '.config') : undefined)
  if (config === undefined) {
    if (isWanted) throw new Error('neither XDG_CONFIG_HOME nor HOME is set, so there is no autostart folder')
    return
  }
  const file = join(config, 'autostart', 'herald.desktop')
  if (!isWanted) return rmSync(file, { force: true })
  const program = singleFile(launch) ?? launch.execPath
  const command = `Exec=${quoted(program)} ${hiddenArgument}`
  // The desktop's own settings write here too, for example that the entry is switched off; that stays.
  if (existsSync(file) && readFileSync(file, 'utf8').split('\n').includes(command)) return
  mkdirSync(dirname(file), { recursive: true })
  // The entry of a removed program stays behind; TryExec makes desktops ignore it.
  const tryExec = `TryExec=${program.replaceAll('\\', '\\\\')}`
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Herald', command, tryExec, 'Terminal=false', '']
  writeFileSync(file, lines.join('\n'))
}

/**
 * Escapes twice, as an argument and as a string:
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
function quoted(argument: string): string {
  const escaped = argument.replace(/["`$\\]/g, (character) => `\\${character}`).replaceAll('%', '%%')
  return `"${escaped.replaceAll('\\', '\\\\')}"`
}
