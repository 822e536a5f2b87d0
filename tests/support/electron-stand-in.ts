import { EventEmitter } from 'node:events'
import type { Electron } from '#electron/desktop/electron-api.ts'
import { StandInApp } from './electron-stand-in-app.ts'
import { StandInMessageChannel } from './electron-stand-in-ports.ts'
import {
  standInDialog,
  standInDisplay,
  standInKeyring,
  standInMenu,
  standInNotifications,
  standInPower,
  standInScreen,
  standInSession,
  standInTray,
} from './electron-stand-in-system.ts'
import { StandInEvent, StandInWindow, type WindowOptions } from './electron-stand-in-window.ts'

interface StandInOptions {
  readonly firstInstance?: boolean
  readonly isPackaged?: boolean
  readonly dark?: boolean
  /** Called at the moment in which Electron becomes ready. */
  readonly onReady?: () => void
  /** Chromium's switches on the command line. */
  readonly switches?: readonly string[]
  /** The system of the keyring. */
  readonly platform?: NodeJS.Platform
  readonly keyring?: boolean
  /** The keyring's key, if another process must open what this one seals. */
  readonly keyringKey?: Buffer<ArrayBuffer>
  readonly languages?: readonly string[]
  readonly openedAtLogin?: boolean
  readonly displays?: readonly Electron.Display[]
  readonly hasNotifications?: boolean
  /** The error of opening a folder; empty if it opens. */
  readonly openFailure?: string
}

const oneDisplay = [standInDisplay(1, { x: 0, y: 0, width: 1920, height: 1040 })]

/**
 * The part of Electron that the desktop host uses, in plain Node. It enforces Electron's order: what must come before
 * `ready`, or after it, throws at the wrong time.
 */
export function electronStandIn(options: StandInOptions = {}) {
  const {
    dark = false,
    keyring = true,
    keyringKey,
    platform = 'linux',
    displays = oneDisplay,
    openFailure = '',
  } = options
  const app = new StandInApp(options)
  const { dialog, ...dialogs } = standInDialog()
  const { powerSaveBlocker, ...power } = standInPower()
  const { screen, plug } = standInScreen(displays)
  const { Tray, nativeImage, trays } = standInTray()
  const { Notification, notices } = standInNotifications(options.hasNotifications ?? true)
  const { Menu, menus, popups } = standInMenu()
  const { session, ...network } = standInSession()
  const { BrowserWindow, windows } = standInWindows(app)
  const { protocol, schemes, handlers } = standInProtocol(app)
  const ipcMain = new EventEmitter()
  const opened: string[] = []
  const copied: string[] = []
  const electron = {
    app,
    BrowserWindow,
    clipboard: { writeText: async (text: string) => void copied.push(text) },
    Notification,
    MessageChannelMain: StandInMessageChannel,
    ipcMain,
    nativeImage,
    nativeTheme: { shouldUseDarkColors: dark },
    dialog,
    Menu,
    powerMonitor: power.powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    safeStorage: standInKeyring(() => keyring, {
      platform,
      isReady: () => app.isReady,
      ...(keyringKey === undefined ? {} : { key: keyringKey }),
    }),
    session,
    Tray,
    shell: {
      async openPath(path: string) {
        opened.push(path)
        return openFailure
      },
    },
  } as unknown as Electron
  const seen = { app, ipcMain, windows, schemes, handlers, opened, copied, notices, menus, popups, plug, trays }
  return { electron, ...seen, ...dialogs, ...power, ...network }
}

function standInWindows(app: StandInApp) {
  const windows: StandInWindow[] = []
  class BrowserWindow extends StandInWindow {
    static getAllWindows(): readonly StandInWindow[] {
      return [...windows]
    }

    constructor(options: WindowOptions) {
      app.requireReady('new BrowserWindow')
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
  return { BrowserWindow, windows }
}

type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1]

function standInProtocol(app: StandInApp) {
  const schemes: Electron.CustomScheme[] = []
  const handlers = new Map<string, ProtocolHandler>()
  const protocol = {
    registerSchemesAsPrivileged(added: Electron.CustomScheme[]) {
      app.requireNotReady('protocol.registerSchemesAsPrivileged')
      schemes.push(...added)
    },
    handle(scheme: string, handler: ProtocolHandler) {
      app.requireReady('protocol.handle')
      handlers.set(scheme, handler)
    },
  }
  return { protocol, schemes, handlers }
}
