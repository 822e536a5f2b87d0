import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type {
  Display,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  SafeStorage,
} from 'electron'

/** A display with what the program reads of it. */
export function standInDisplay(id: number, workArea: Display['workArea']): Display {
  return { id, workArea } as Display
}

/** The displays of a machine; the first is the primary one. The test plugs and unplugs them. */
export function standInScreen(displays: readonly Display[]) {
  let present = displays
  const primary = (): Display => {
    const [first] = present
    if (first === undefined) throw new Error('a machine without a display has no windows')
    return first
  }
  return {
    plug: (next: readonly Display[]) => {
      present = next
    },
    screen: {
      getAllDisplays: () => [...present],
      getPrimaryDisplay: primary,
      getDisplayMatching: ({ x, y }: { readonly x: number; readonly y: number }) =>
        present.find(
          ({ workArea: area }) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height,
        ) ?? primary(),
    },
  }
}

/** The arguments of a dialog with or without a window. */
export type Asked = readonly [MessageBoxOptions] | readonly [unknown, MessageBoxOptions]

export function optionsOf(asked: Asked): MessageBoxOptions {
  return asked.length === 1 ? asked[0] : asked[1]
}

/** The system's dialogs: each waits until the test answers it. */
export function standInDialog() {
  const errorBoxes: { title: string; content: string }[] = []
  const questions: MessageBoxOptions[] = []
  const asking = new EventEmitter()
  const waiting: ((answer: MessageBoxReturnValue) => void)[] = []
  return {
    errorBoxes,
    questions,
    /** Presses a button of the oldest open dialog; waits for one if none is open. */
    async answer(label: string, { checked = false } = {}): Promise<void> {
      if (waiting.length === 0) await once(asking, 'asked')
      const question = questions[questions.length - waiting.length]
      const response = question?.buttons?.indexOf(label) ?? -1
      if (response < 0) throw new Error(`the open question has no button “${label}”`)
      waiting.shift()?.({ response, checkboxChecked: checked })
      // The program has received the answer by then.
      await new Promise((resolve) => setImmediate(resolve))
    },
    dialog: {
      showErrorBox(title: string, content: string) {
        errorBoxes.push({ title, content })
      },
      showMessageBox(...asked: Asked) {
        questions.push(optionsOf(asked))
        return new Promise<MessageBoxReturnValue>((resolve) => {
          waiting.push(resolve)
          asking.emit('asked')
        })
      },
    },
  }
}

/** The machine's power: the test puts it to sleep, and reads what keeps it awake. */
export function standInPower() {
  const powerMonitor = new EventEmitter()
  const blockers = new Set<number>()
  let next = 1
  return {
    powerMonitor,
    blockers,
    powerSaveBlocker: {
      start() {
        blockers.add(next)
        return next++
      },
      stop: (id: number) => blockers.delete(id),
    },
  }
}

type MenuTemplate = MenuItemConstructorOptions[]

/** Menus as the templates that they are built from: Electron's own menu needs a screen. */
export function standInMenu() {
  const menus: unknown[] = []
  const popups: unknown[] = []
  const Menu = {
    buildFromTemplate: (template: unknown[]) =>
      Object.defineProperty(template, 'popup', { value: () => void popups.push(template) }),
    setApplicationMenu: (menu: unknown) => void menus.push(menu),
    getApplicationMenu: () => menus.at(-1) ?? null,
  }
  return { Menu, menus, popups }
}

/** Chooses an item of a menu or its submenus by its label. */
export function chooseItem(menu: unknown, label: string): void {
  const item = itemsOf(menu as MenuTemplate).find((each) => each.label === label)
  if (item?.click === undefined)
    throw new Error(`the menu has no item “${label}”`)
    // Herald's items ignore Electron's arguments.
  ;(item.click as () => void)()
}

/** The application's current menu. */
export function menuOf(menus: readonly unknown[]): MenuTemplate {
  return menus.at(-1) as MenuTemplate
}

/** All items of a menu, those of its submenus included. */
export function itemsOf(menu: MenuTemplate): MenuTemplate {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
}

/** The system's tray. An image is its path. */
export function standInTray() {
  const trays: StandInTray[] = []
  class StandInTray extends EventEmitter {
    image: unknown
    tip = ''
    menu: unknown = null
    readonly balloons: { readonly title: string; readonly content: string }[] = []

    constructor(image: unknown) {
      super()
      this.image = image
      trays.push(this)
    }
    setImage(image: unknown): void {
      this.image = image
    }
    setToolTip(tip: string): void {
      this.tip = tip
    }
    setContextMenu(menu: unknown): void {
      this.menu = menu
    }
    displayBalloon(balloon: { readonly title: string; readonly content: string }): void {
      this.balloons.push(balloon)
    }
    destroy(): void {
      trays.splice(trays.indexOf(this), 1)
    }
    removeBalloon(): void {
      this.balloons.pop()
    }
  }
  return { Tray: StandInTray, nativeImage: { createFromPath: (path: string) => path }, trays }
}

/** The system's notifications. */
export function standInNotifications(isSupported: boolean) {
  const notices: StandInNotification[] = []
  class StandInNotification extends EventEmitter {
    static isSupported(): boolean {
      return isSupported
    }
    readonly title: string | undefined
    readonly body: string | undefined

    constructor({ title, body }: { readonly title?: string; readonly body?: string }) {
      super()
      this.title = title
      this.body = body
    }
    show(): void {
      notices.push(this)
    }
    click(): void {
      this.emit('click')
    }
    close(): void {
      notices.splice(notices.indexOf(this), 1)
      this.emit('close', { reason: 'applicationHidden' })
    }
    /** Disappears from the screen and stays in the system's list, as on Windows. */
    timeOut(): void {
      this.emit('close', { reason: 'timedOut' })
    }
  }
  return { Notification: StandInNotification, notices }
}

/** Chromium's fallback key on Linux without a keyring: the same everywhere, and public. */
const knownKey = Buffer.alloc(32, 'peanuts')

/**
 * A keyring that really encrypts, and that the test can remove. As in Electron, it still claims to be available then:
 * Linux seals with Chromium's public key, and other systems cannot seal. The tag in front names the key.
 */
export function standInKeyring(
  isPresent: () => boolean,
  { platform = 'linux' as NodeJS.Platform, isReady = (): boolean => true, key = randomBytes(32) } = {},
): SafeStorage {
  const fallsBack = platform === 'linux'
  const tag = fallsBack ? 'v11' : 'v10'
  const cannot = (what: string): never => {
    throw new Error(isReady() ? `Error while ${what} the text` : 'safeStorage cannot be used before app is ready')
  }
  return {
    isAsyncEncryptionAvailable: async () => isReady(),
    async encryptStringAsync(plain: string) {
      if (!isReady() || !(isPresent() || fallsBack)) return cannot('encrypting')
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', isPresent() ? key : knownKey, iv)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from(isPresent() ? tag : 'v10'), iv, cipher.getAuthTag(), sealed])
    },
    async decryptStringAsync(encrypted: Buffer) {
      const isOurs = encrypted.subarray(0, 3).toString('latin1') === tag
      if (!isReady() || !(isOurs ? isPresent() : fallsBack)) return cannot('decrypting')
      const decipher = createDecipheriv('aes-256-gcm', isOurs ? key : knownKey, encrypted.subarray(3, 15))
      decipher.setAuthTag(encrypted.subarray(15, 31))
      const result = decipher.update(encrypted.subarray(31), undefined, 'utf8') + decipher.final('utf8')
      return { result, shouldReEncrypt: false }
    },
  } as unknown as SafeStorage
}

/** The session of all pages: permissions, requests and the spell check. */
export function standInSession() {
  const permissions: { check?: unknown; device?: unknown; request?: unknown } = {}
  const spelling = { isOn: true, languages: [] as readonly string[], learned: [] as string[] }
  type RequestListener = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void
  let onBeforeRequest: RequestListener | null = null
  /** Whether a page's request is sent. */
  const request = (url: string): boolean => {
    let isCancelled = false
    onBeforeRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel
    })
    return !isCancelled
  }
  const defaultSession = {
    webRequest: {
      onBeforeRequest: (listener: RequestListener) => {
        onBeforeRequest = listener
      },
    },
    availableSpellCheckerLanguages: ['en-GB', 'en-US', 'ru', 'de-DE'],
    setSpellCheckerEnabled: (isOn: boolean) => Object.assign(spelling, { isOn }),
    setSpellCheckerLanguages: (languages: string[]) => Object.assign(spelling, { languages }),
    addWordToSpellCheckerDictionary: (word: string) => spelling.learned.push(word),
    setPermissionCheckHandler: (check: unknown) => Object.assign(permissions, { check }),
    setDevicePermissionHandler: (device: unknown) => Object.assign(permissions, { device }),
    setPermissionRequestHandler: (request: unknown) => Object.assign(permissions, { request }),
  }
  return { session: { defaultSession }, permissions, spelling, request }
}
