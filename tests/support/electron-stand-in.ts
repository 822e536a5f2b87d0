import { EventEmitter } from 'node:events'
import type { Menu } from 'electron'
import type { Log } from '#electron/base/log.ts'
import type { DesktopElectron } from '#electron/desktop/program.ts'
import { StandInMessageChannel } from './electron-stand-in-ports.ts'
import {
  standInDialog,
  standInDisplay,
  standInKeyring,
  standInNotifications,
  standInPower,
  standInScreen,
  standInTray,
} from './electron-stand-in-system.ts'
import { StandInEvent, StandInWindow, type WindowOptions } from './electron-stand-in-window.ts'

type ProtocolHandler = Parameters<DesktopElectron['protocol']['handle']>[1]
type SessionPart = DesktopElectron['session']['defaultSession']
type LoginItem = Parameters<DesktopElectron['app']['setLoginItemSettings']>[0]

const usualDisplays = [standInDisplay(1, { x: 0, y: 0, width: 1920, height: 1040 })]

/**
 * As much of Electron as the desktop room uses, in plain Node. It holds to Electron's own order: what must come before `ready`
 * or after it throws at the wrong time. Its types are those of the room, and `main.ts` compiles only if Electron fits them too.
 */
export function electronStandIn({
  firstInstance = true,
  isPackaged = true,
  dark = false,
  /** What a test looks at in the moment in which Electron becomes ready. */
  onReady = (): void => undefined,
  /** What stands on the command line for Chromium. */
  switches = [] as readonly string[],
  /** The system that the keyring belongs to. */
  platform = 'linux' as NodeJS.Platform,
  keyring = true,
  /** The key of the keyring, where another process is to open what this one seals. */
  keyringKey = undefined as Buffer<ArrayBuffer> | undefined,
  languages = ['en-GB'],
  openedAtLogin = false,
  displays = usualDisplays,
  hasNotifications = true,
  /** What the system says when it is to open a folder; nothing where it can. */
  openFailure = '',
} = {}) {
  let ready = false
  const before = (what: string) => {
    if (ready) throw new Error(`${what} must be called before the app is ready`)
  }
  const after = (what: string) => {
    if (!ready) throw new Error(`${what} must be called after the app is ready`)
  }

  class StandInApp extends EventEmitter {
    readonly isPackaged = isPackaged
    readonly commandLine = { hasSwitch: (name: string) => switches.includes(name) }
    readonly paths = new Map<string, string>()
    sandboxed = false
    exitCode: number | null = null
    loginItem: LoginItem = { openAtLogin: false }
    loginItemChanges = 0
    badge = 0
    userModelId: string | null = null
    hasLock = firstInstance
    /** How the program is to be started once it has ended; null where it is not. */
    relaunched: { args?: string[]; execPath?: string } | null = null

    relaunch(options: { args?: string[]; execPath?: string } = {}): void {
      this.relaunched = options
    }

    getPreferredSystemLanguages(): string[] {
      return languages
    }
    getLoginItemSettings() {
      const { openAtLogin = false } = this.loginItem
      return {
        openAtLogin,
        wasOpenedAtLogin: openedAtLogin,
        status: 'enabled' as const,
        executableWillLaunchAtLogin: openAtLogin,
        launchItems: [],
      }
    }
    getVersion(): string {
      return '0.1.0'
    }
    setBadgeCount(count = 0): boolean {
      this.badge = count
      return true
    }
    setAppUserModelId(id: string): void {
      this.userModelId = id
    }
    setLoginItemSettings(item: LoginItem): void {
      this.loginItem = item
      this.loginItemChanges += 1
    }
    requestSingleInstanceLock(): boolean {
      return firstInstance
    }
    releaseSingleInstanceLock(): void {
      this.hasLock = false
    }
    enableSandbox(): void {
      before('app.enableSandbox')
      this.sandboxed = true
    }
    setPath(name: string, path: string): void {
      this.paths.set(name, path)
    }
    async whenReady(): Promise<void> {
      await Promise.resolve() // never in the same turn as the entry file
      ready = true
      onReady()
    }
    quit(): void {
      const event = new StandInEvent()
      this.emit('before-quit', event)
      if (!event.prevented) this.exit(0)
    }
    exit(code = 0): void {
      this.exitCode ??= code
      this.emit('quit')
      this.emit('exited', this.exitCode)
    }
  }
  const app = new StandInApp()

  const windows: StandInWindow[] = []
  class ProgramWindow extends StandInWindow {
    static getAllWindows(): readonly StandInWindow[] {
      return [...windows]
    }

    constructor(options: WindowOptions) {
      after('new BrowserWindow')
      super(options, {
        onOpened(window) {
          windows.push(window)
          app.emit('web-contents-created', new StandInEvent(), window.webContents)
        },
        onClosed(window) {
          windows.splice(windows.indexOf(window), 1)
          if (windows.length === 0) app.emit('window-all-closed')
        },
      })
    }
  }

  const schemes: Parameters<DesktopElectron['protocol']['registerSchemesAsPrivileged']>[0] = []
  const handlers = new Map<string, ProtocolHandler>()
  const permissions: { check?: unknown; device?: unknown; request?: unknown } = {}
  const opened: string[] = []
  const copied: string[] = []
  const { Notification, notices } = standInNotifications(hasNotifications)
  const menus: unknown[] = []
  const popups: unknown[] = []
  const spelling = { isOn: true, languages: [] as readonly string[], learned: [] as string[] }
  const ipcMain = new EventEmitter()
  const { dialog, errorBoxes, questions, answer } = standInDialog()
  const { powerMonitor, powerSaveBlocker, blockers } = standInPower()
  const { screen, plug } = standInScreen(displays)
  const { Tray, nativeImage, trays } = standInTray()

  let onBeforeRequest: Parameters<SessionPart['webRequest']['onBeforeRequest']>[0] | null = null
  /** Whether a page's request goes out. */
  const request = (url: string): boolean => {
    let isCancelled = false
    onBeforeRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel
    })
    return !isCancelled
  }

  const defaultSession = {
    webRequest: {
      onBeforeRequest: (listener: typeof onBeforeRequest) => {
        onBeforeRequest = listener
      },
    },
    availableSpellCheckerLanguages: ['en-GB', 'en-US', 'ru', 'de-DE'],
    setSpellCheckerEnabled: (is: boolean) => {
      spelling.isOn = is
    },
    setSpellCheckerLanguages: (languages: string[]) => {
      spelling.languages = languages
    },
    addWordToSpellCheckerDictionary: (word: string) => {
      spelling.learned.push(word)
      return true
    },
    setPermissionCheckHandler: (handler: unknown) => {
      permissions.check = handler
    },
    setDevicePermissionHandler: (handler: unknown) => {
      permissions.device = handler
    },
    setPermissionRequestHandler: (handler: unknown) => {
      permissions.request = handler
    },
  } satisfies SessionPart

  const electron = {
    app,
    BrowserWindow: ProgramWindow,
    clipboard: {
      async writeText(text: string) {
        copied.push(text)
      },
    },
    Notification,
    MessageChannelMain: StandInMessageChannel,
    ipcMain,
    nativeImage,
    nativeTheme: { shouldUseDarkColors: dark },
    dialog,
    Menu: {
      // The template is what the test looks at: Electron's own menu needs a screen.
      buildFromTemplate: (template: unknown[]) =>
        Object.defineProperty(template, 'popup', { value: () => void popups.push(template) }) as never,
      setApplicationMenu: (menu: unknown) => void menus.push(menu),
      getApplicationMenu: () => (menus.at(-1) ?? null) as never,
    },
    powerMonitor,
    powerSaveBlocker,
    protocol: {
      registerSchemesAsPrivileged(added: typeof schemes) {
        before('protocol.registerSchemesAsPrivileged')
        schemes.push(...added)
      },
      handle(scheme: string, handler: ProtocolHandler) {
        after('protocol.handle')
        handlers.set(scheme, handler)
      },
    },
    screen,
    safeStorage: standInKeyring(() => keyring, {
      platform,
      isReady: () => ready,
      ...(keyringKey === undefined ? {} : { key: keyringKey }),
    }),
    session: { defaultSession },
    Tray,
    shell: {
      async openPath(path: string) {
        opened.push(path)
        return openFailure
      },
    },
  } satisfies DesktopElectron & { readonly Menu: Pick<typeof Menu, 'getApplicationMenu'> }

  return {
    electron,
    app,
    ipcMain,
    windows,
    schemes,
    handlers,
    permissions,
    request,
    errorBoxes,
    questions,
    answer,
    opened,
    copied,
    notices,
    menus,
    popups,
    spelling,
    powerMonitor,
    blockers,
    plug,
    trays,
  }
}

/** A log that the test can read. */
export function readableLog() {
  const lines: string[] = []
  const write = (level: string) => (text: string) => void lines.push(`${level}: ${text}`)
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') }
  return { log, lines }
}
