import type { Session } from 'electron'
import type { Log } from '../../base/log.ts'
import { addressInLog, belongsToConsole, ownConsoleUrl } from '../console/addresses.ts'
import type { Electron } from '../electron-api.ts'
import type { WindowSettings } from '../window/window.ts'

interface Navigation {
  readonly url: string
  preventDefault(): void
}

/**
 * Keeps every page, also one created later, on the console: no foreign address, no second window, no webview. Nothing
 * opens in the user's browser either: the console links to nothing outside, and an address can carry data out.
 */
export function guardNavigation({ app }: Pick<Electron, 'app'>, consoleUrl: string, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
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
    // The console makes no calls, and neither the content policy nor the session's requests cover WebRTC.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.setWindowOpenHandler(({ url }) => {
      log.warn(`window refused: ${addressInLog(url)}`)
      return { action: 'deny' }
    })
  })
}

/** The one permission that the console needs: to copy plain text on a click, for example from the log. */
const copyPermission = 'clipboard-sanitized-write'

/** Refuses every permission of the web platform, except the console's to copy text. */
export function denyPermissions(session: Session, consoleUrl: string, log: Log): void {
  const isAllowed = (permission: string, address: string): boolean =>
    permission === copyPermission && belongsToConsole(address, consoleUrl)
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    if (isAllowed(permission, requestingUrl)) return answer(true)
    log.warn(`permission refused: ${permission}`)
    answer(false)
  })
}

/** Addresses that a page may load without a request: its own images and files in memory. */
const inMemory = /^(data|blob):/i

/**
 * Keeps pages off the network, regardless of their content policy: the console loads only the program's own files.
 * Requests to the gateway are the engine's and pass no page. Does nothing while a development server serves the console.
 */
export function denyNetwork(
  session: Session,
  { consoleUrl, developerTools }: Pick<WindowSettings, 'consoleUrl' | 'developerTools'>,
  log: Log,
): void {
  if (consoleUrl !== ownConsoleUrl) return
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isOwn = belongsToConsole(url, consoleUrl) || inMemory.test(url)
    // The developer tools are a page of Chromium in the same session.
    const cancel = !isOwn && !(developerTools && url.startsWith('devtools:'))
    if (cancel) log.warn(`request refused: ${addressInLog(url)}`)
    answer({ cancel })
  })
}
