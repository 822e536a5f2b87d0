import type { HandlerDetails, Session, Shell, WindowOpenHandlerResponse } from 'electron'
import type { Log } from '../log.ts'
import { belongsToConsole } from './console-address.ts'

interface Cancellable {
  preventDefault(): void
}

interface Navigation extends Cancellable {
  readonly url: string
}

/** The part of a page's contents that the guard holds. */
export interface GuardedContents {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Cancellable) => void): unknown
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void
}

export interface GuardParts {
  readonly app: {
    on(event: 'web-contents-created', listener: (event: unknown, contents: GuardedContents) => void): unknown
  }
  readonly shell: Pick<Shell, 'openExternal'>
}

/** Keeps every page, also one that comes later, on the console: no foreign address, no second window, no webview. */
export function guardNavigation(electron: GuardParts, consoleUrl: string, log: Log): void {
  electron.app.on('web-contents-created', (_event, contents) => {
    const stay = (navigation: Navigation) => {
      if (belongsToConsole(navigation.url, consoleUrl)) return
      navigation.preventDefault()
      log.warn(`navigation refused: ${shown(navigation.url)}`)
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      log.warn('webview refused')
    })
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void openOutside(electron.shell, url, log)
      else log.warn(`window refused: ${shown(url)}`)
      return { action: 'deny' }
    })
  })
}

/** Refuses every permission of the web platform: the console needs none of them. */
export function denyPermissions(
  session: Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>,
  log: Log,
): void {
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn(`permission refused: ${permission}`)
    answer(false)
  })
}

/** Only a plain https address goes to the operator's browser: other schemes can start programs, and credentials in it can deceive. */
function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, username, password } = new URL(address)
  return protocol === 'https:' && username === '' && password === ''
}

async function openOutside(shell: Pick<Shell, 'openExternal'>, url: string, log: Log): Promise<void> {
  try {
    await shell.openExternal(url)
  } catch (error) {
    log.warn(`link not opened: ${shown(url)} (${String(error)})`)
  }
}

/** An address as it may stand in a log: without query and fragment, which can hold secrets, and cut to a sane length. */
function shown(address: string): string {
  return (address.split(/[?#]/, 1)[0] ?? '').slice(0, 200)
}
