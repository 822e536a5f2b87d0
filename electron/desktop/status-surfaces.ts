import type { Log } from '../base/log.ts'
import type { ProgramActions } from './menu/actions.ts'
import { type MenuParts, menuTemplate, setMenu } from './menu/menu.ts'
import { type NoticeParts, noticeOf, systemNotices } from './notifications/notifications.ts'
import type { News, Standing } from './sending-watch.ts'
import type { Words } from './translations.ts'
import { createTaskbar, type TaskbarParts } from './tray/taskbar.ts'
import { openTray, type TrayParts } from './tray/tray.ts'
import type { ConsoleWindows } from './window/console-windows.ts'

export type DisplayParts = MenuParts & NoticeParts & TaskbarParts & TrayParts

/** Everything outside of the window that shows how the program stands: the menu, the tray, the taskbar, notifications. */
export interface Display {
  /** Whether a hidden window can be called back from the tray at this moment. */
  isTrayShown(): Promise<boolean>
  /** Called with what is true from now on, and again when any of it changes. */
  show(words: Words, standing: Standing): void
  tell(words: Words, news: News): void
  /** Takes back what names a delivery and can still be read. */
  hush(): void
}

interface Place {
  readonly platform: NodeJS.Platform
  /**
   * On Windows Electron writes an entry into the start menu with the first notification: in place of an installed program's, and leading
   * nowhere where this one is portable or runs from its sources.
   */
  readonly isInstalled: boolean
  /** Whether somebody shows trays at this moment. */
  readonly hasTrayHost: () => Promise<boolean>
  /** Only where a developer runs the program from its sources. */
  readonly developerTools: boolean
  readonly windows: ConsoleWindows
  readonly actions: ProgramActions
  readonly log: Log
}

/** Opens the display; it is empty until the first `show`. */
export function openDisplay(electron: DisplayParts, place: Place): Display {
  const { platform, isInstalled, hasTrayHost, developerTools, windows, actions, log } = place
  const tray = openTray(electron, platform, actions)
  let hadHost = hasTrayHost()
  const showInTaskbar = createTaskbar(electron, platform)
  const teller = platform === 'win32' && !isInstalled ? tray : systemNotices(electron, log)
  let menuLanguage: string | null = null
  return {
    async isTrayShown() {
      const [had, has] = [await hadHost, await hasTrayHost()]
      hadHost = Promise.resolve(has)
      if (has && !had) tray.renew()
      return has
    },
    show(words, standing) {
      // A menu that is set anew shuts the one that the operator has open.
      if (words.language !== menuLanguage) setMenu(electron, menuTemplate(platform, developerTools, words, actions))
      menuLanguage = words.language
      tray.show(words, standing)
      showInTaskbar(windows.window, words, standing)
    },
    tell(words, news) {
      const notice = noticeOf(news, words)
      teller.tell(notice, () => actions.showScreen(notice.screen))
    },
    hush: () => teller.withdraw(),
  }
}
