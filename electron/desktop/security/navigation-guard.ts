import type { HandlerDetails, Session, WindowOpenHandlerResponse } from 'electron'
import type { Log } from '../../base/log.ts'
import { belongsToConsole, ownConsoleUrl } from '../console/console-address.ts'
import type { WindowSettings } from '../window/window.ts'
import { addressInLog } from './address-in-log.ts'

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
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void
}

export interface GuardParts {
  readonly app: {
    on(event: 'web-contents-created', listener: (event: unknown, contents: GuardedContents) => void): unknown
  }
}

/**
 * Keeps every page, also one that comes later, on the console: no foreign address, no second window, no webview. Nothing is handed
 * to the operator's browser either: the console links to nothing outside, and an address is a way to carry data out.
 */
export function guardNavigation(electron: GuardParts, consoleUrl: string, log: Log): void {
  electron.app.on('web-contents-created', (_event, contents) => {
    const stay = (navigation: Navigation) => {
      if (belongsToConsole(navigation.url, consoleUrl)) return
      navigation.preventDefault()
      log.warn(`navigation refused: ${addressInLog(navigation.url)}`)
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      log.warn('webview refused')
    })
    // The console makes no calls; neither the content policy nor a session's requests know of this way out.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.setWindowOpenHandler(({ url }) => {
      log.warn(`window refused: ${addressInLog(url)}`)
      return { action: 'deny' }
    })
  })
}

/** The one permission that the console needs: to copy plain text at a click, as from the log. */
const copying = 'clipboard-sanitized-write'

/** Refuses every permission of the web platform but the console's own wish to copy text. */
export function denyPermissions(
  session: Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>,
  consoleUrl: string,
  log: Log,
): void {
  const isAllowed = (permission: string, address: string): boolean =>
    permission === copying && belongsToConsole(address, consoleUrl)
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    if (isAllowed(permission, requestingUrl)) return answer(true)
    log.warn(`permission refused: ${permission}`)
    answer(false)
  })
}

/** What a page may load without leaving itself: its own pictures and files in memory. */
const ownMemory = /^(data|blob):/i

/** The part of a session that the network is refused through. */
export interface NetworkSession {
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, answer: (response: { cancel: boolean }) => void) => void,
    ): void
  }
}

/**
 * Keeps pages off the network, whatever their content policy says: everything that the console loads comes from the program's own
 * files. Requests to the gateway are the engine's and pass no page. Not while a developer's server serves the console.
 */
export function denyNetwork(
  session: NetworkSession,
  { consoleUrl, developerTools }: Pick<WindowSettings, 'consoleUrl' | 'developerTools'>,
  log: Log,
): void {
  if (consoleUrl !== ownConsoleUrl) return
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isOurs = belongsToConsole(url, consoleUrl) || ownMemory.test(url)
    // They are a page of the same session, which Chromium brings along.
    const cancel = !isOurs && !(developerTools && url.startsWith('devtools:'))
    if (cancel) log.warn(`request refused: ${addressInLog(url)}`)
    answer({ cancel })
  })
}
