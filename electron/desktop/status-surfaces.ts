import type { Log } from '../base/log.ts'
import type { Electron } from './electron-api.ts'
import type { ProgramActions } from './menu/actions.ts'
import { menuTemplate } from './menu/menu.ts'
import { noticeOf, systemNotifier } from './notifications/notifications.ts'
import type { SendingEvent, SendingStatus } from './sending-watch.ts'
import type { Translations } from './translations.ts'
import { createTaskbar } from './tray/taskbar.ts'
import { openTray } from './tray/tray.ts'
import type { ConsoleWindows } from './window/console-windows.ts'

/** Everything outside the window that shows the program's status: menu, tray, taskbar and notifications. */
export interface StatusSurfaces {
  /** Whether a hidden window can be reached through the tray at this moment. */
  isTrayShown(): Promise<boolean>
  /** Called with the current status and language, and again when either changes. */
  show(texts: Translations, status: SendingStatus): void
  notify(texts: Translations, event: SendingEvent): void
  /** Removes notifications that name a delivery. */
  withdrawPrivate(): void
}

interface SurfaceContext {
  readonly platform: NodeJS.Platform
  /**
   * With the first notification on Windows, Electron writes a start menu entry. It would replace an installed program's
   * entry, and would lead nowhere for a portable program or one that runs from its sources.
   */
  readonly isInstalled: boolean
  /** Whether the desktop shows tray icons at this moment. */
  readonly hasTrayHost: () => Promise<boolean>
  readonly imagesFolder: string
  /** Only when a developer runs the program from its sources. */
  readonly developerTools: boolean
  readonly windows: ConsoleWindows
  readonly actions: ProgramActions
  readonly log: Log
}

/** Opens the status surfaces; they are empty until the first `show`. */
export function openStatusSurfaces(electron: Electron, context: SurfaceContext): StatusSurfaces {
  const { platform, isInstalled, hasTrayHost, imagesFolder, developerTools, windows, actions, log } = context
  const tray = openTray(electron, { platform, imagesFolder, actions })
  let hadHost = hasTrayHost()
  const showInTaskbar = createTaskbar(electron, platform, imagesFolder)
  const notifier = platform === 'win32' && !isInstalled ? tray : systemNotifier(electron, log)
  let menuLanguage: string | null = null
  return {
    async isTrayShown() {
      const [had, has] = [await hadHost, await hasTrayHost()]
      hadHost = Promise.resolve(has)
      if (has && !had) tray.recreate()
      return has
    },
    show(texts, status) {
      // Replacing the menu closes the one that the user has open.
      if (texts.language !== menuLanguage) {
        const template = menuTemplate(platform, developerTools, texts, actions)
        electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
      }
      menuLanguage = texts.language
      tray.show(texts, status)
      showInTaskbar(windows.window, texts, status)
    },
    notify(texts, event) {
      const notice = noticeOf(event, texts)
      notifier.notify(notice, () => actions.showScreen(notice.screen))
    },
    withdrawPrivate: () => notifier.withdrawPrivate(),
  }
}
