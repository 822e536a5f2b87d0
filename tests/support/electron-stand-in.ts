import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { GuardedContents } from '#electron/desktop/navigation-guard.ts'
import type { DesktopElectron } from '#electron/desktop/program.ts'
import type { ConsoleWindow } from '#electron/desktop/window.ts'
import type { Log } from '#electron/log.ts'
import { StandInMessageChannel } from './electron-stand-in-ports.ts'

type WindowOptions = ConstructorParameters<DesktopElectron['BrowserWindow']>[0]
type ProtocolHandler = Parameters<DesktopElectron['protocol']['handle']>[1]
type SessionPart = DesktopElectron['session']['defaultSession']
type WindowOpenHandler = Parameters<GuardedContents['setWindowOpenHandler']>[0]

/** An event that can be prevented. */
export class StandInEvent {
  prevented = false
  preventDefault(): void {
    this.prevented = true
  }
}

/** A page's contents: the test makes it navigate, open a window or attach a webview. */
export class StandInContents extends EventEmitter implements GuardedContents {
  #windowOpenHandler: WindowOpenHandler | undefined
  webRtcPolicy = 'default'

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  /** Whether the page got where it wanted to go. */
  navigate(how: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string): boolean {
    const event = Object.assign(new StandInEvent(), { url })
    this.emit(how, event)
    return !event.prevented
  }

  attachWebview(): boolean {
    const event = new StandInEvent()
    this.emit('will-attach-webview', event, {}, {})
    return !event.prevented
  }

  openWindow(url: string): boolean {
    const referrer = { url: '', policy: 'default' } as const
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab', referrer } as const
    return this.#windowOpenHandler?.(details).action !== 'deny'
  }
}

/**
 * As much of Electron as the desktop room uses, in plain Node. It holds to Electron's own order: what must come before `ready`
 * or after it throws at the wrong time. Its types are those of the room, and `main.ts` compiles only if Electron fits them too.
 */
export function electronStandIn({ firstInstance = true, isPackaged = true, dark = false, keyring = true } = {}) {
  let ready = false
  const before = (what: string) => {
    if (ready) throw new Error(`${what} must be called before the app is ready`)
  }
  const after = (what: string) => {
    if (!ready) throw new Error(`${what} must be called after the app is ready`)
  }

  class StandInApp extends EventEmitter {
    readonly isPackaged = isPackaged
    readonly paths = new Map<string, string>()
    sandboxed = false
    exitCode: number | null = null

    requestSingleInstanceLock(): boolean {
      return firstInstance
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
    }
    quit(): void {
      const event = new StandInEvent()
      this.emit('before-quit', event)
      if (!event.prevented) this.exit(0)
    }
    exit(code = 0): void {
      this.exitCode ??= code
      this.emit('exited', this.exitCode)
    }
  }
  const app = new StandInApp()

  const windows: StandInWindow[] = []
  class StandInWindow extends EventEmitter implements ConsoleWindow {
    readonly options: WindowOptions
    readonly webContents = new StandInContents()
    readonly log: string[] = []
    url: string | null = null
    visible: boolean
    minimized = false

    constructor(options: WindowOptions) {
      super()
      after('new BrowserWindow')
      this.options = options
      this.visible = options.show ?? true
      windows.push(this)
      app.emit('web-contents-created', new StandInEvent(), this.webContents)
    }
    async loadURL(url: string): Promise<void> {
      this.url = url
    }
    show(): void {
      this.visible = true
    }
    hide(): void {
      this.visible = false
    }
    focus(): void {
      this.log.push('focus')
    }
    restore(): void {
      this.minimized = false
    }
    isMinimized(): boolean {
      return this.minimized
    }
    /** What the operator does with the cross in the corner. */
    close(): void {
      windows.splice(windows.indexOf(this), 1)
      this.emit('closed')
      if (windows.length === 0) app.emit('window-all-closed')
    }
  }

  const schemes: Parameters<DesktopElectron['protocol']['registerSchemesAsPrivileged']>[0] = []
  const handlers = new Map<string, ProtocolHandler>()
  const permissions: { check?: unknown; device?: unknown; request?: unknown } = {}
  const errorBoxes: { title: string; content: string }[] = []
  const menus: unknown[] = []
  const ipcMain = new EventEmitter()

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
    BrowserWindow: StandInWindow,
    MessageChannelMain: StandInMessageChannel,
    ipcMain,
    nativeTheme: { shouldUseDarkColors: dark },
    dialog: {
      showErrorBox(title: string, content: string) {
        errorBoxes.push({ title, content })
      },
    },
    Menu: {
      // The template is what the test looks at: Electron's own menu needs a screen.
      buildFromTemplate: (template: unknown[]) => template as never,
      setApplicationMenu: (menu: unknown) => void menus.push(menu),
    },
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
    safeStorage: standInKeyring(() => ready && keyring),
    session: { defaultSession },
  } satisfies DesktopElectron

  return { electron, app, ipcMain, windows, schemes, handlers, permissions, request, errorBoxes, menus }
}

/** A keyring that truly encrypts, and that the test can take away. */
export function standInKeyring(available: () => boolean): DesktopElectron['safeStorage'] {
  const key = randomBytes(32)
  return {
    isEncryptionAvailable: available,
    encryptString(plain) {
      if (!available()) throw new Error('Error while encrypting the text provided to safeStorage.encryptString.')
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    decryptString(encrypted) {
      if (!available()) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12))
      decipher.setAuthTag(encrypted.subarray(12, 28))
      return decipher.update(encrypted.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}

/** A log that the test can read. */
export function readableLog() {
  const lines: string[] = []
  const write = (level: string) => (text: string) => void lines.push(`${level}: ${text}`)
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') }
  return { log, lines }
}
