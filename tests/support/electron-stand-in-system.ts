import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron'
import type { DesktopElectron } from '#electron/desktop/program.ts'

type Area = ReturnType<DesktopElectron['screen']['getPrimaryDisplay']>

/** A display with nothing else on it; only what the program looks at is there. */
export function standInDisplay(id: number, workArea: Area['workArea']): Area {
  return { id, workArea } as Area
}

/** The displays of a machine, the first of them the primary one. The test plugs and unplugs them. */
export function standInScreen(displays: readonly Area[]) {
  let present = displays
  const primary = (): Area => {
    const [first] = present
    if (first === undefined) throw new Error('a machine without a display has no windows')
    return first
  }
  return {
    plug: (next: readonly Area[]) => {
      present = next
    },
    screen: {
      getAllDisplays: () => [...present],
      getPrimaryDisplay: primary,
      getDisplayMatching: ({ x, y }) =>
        present.find(
          ({ workArea: area }) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height,
        ) ?? primary(),
    } satisfies DesktopElectron['screen'],
  }
}

/** A question over a window, or one that stands by itself. */
export type Asked = readonly [MessageBoxOptions] | readonly [unknown, MessageBoxOptions]

export function optionsOf(asked: Asked): MessageBoxOptions {
  return asked.length === 1 ? asked[0] : asked[1]
}

/** The system's own questions: each waits until the test answers it. */
export function standInDialog() {
  const errorBoxes: { title: string; content: string }[] = []
  const questions: MessageBoxOptions[] = []
  const asking = new EventEmitter()
  const waiting: ((answer: MessageBoxReturnValue) => void)[] = []
  return {
    errorBoxes,
    questions,
    /** Answers the oldest open question, or the first that comes, by the label of a button. */
    async answer(label: string, { checked = false } = {}): Promise<void> {
      if (waiting.length === 0) await once(asking, 'asked')
      const question = questions[questions.length - waiting.length]
      const response = question?.buttons?.indexOf(label) ?? -1
      if (response < 0) throw new Error(`the open question has no button “${label}”`)
      waiting.shift()?.({ response, checkboxChecked: checked })
      // Whoever asked has heard it by then.
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
    } satisfies DesktopElectron['dialog'],
  }
}

/** The machine's power: the test puts it to sleep, and sees whether it may. */
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
    } satisfies DesktopElectron['powerSaveBlocker'],
  }
}

/** Electron's own menu needs a screen; what the test looks at is the template that it was made of. */
type MenuTemplate = Parameters<DesktopElectron['Menu']['buildFromTemplate']>[0]

/** Chooses an item of a menu by its label, wherever in it that stands. */
export function chooseItem(menu: unknown, label: string): void {
  const item = itemsOf(menu as MenuTemplate).find((each) => each.label === label)
  if (item?.click === undefined)
    throw new Error(`there is nothing to choose called “${label}”`)
    // None of ours looks at what Electron hands over.
  ;(item.click as () => void)()
}

/** The menu of the application as it was set last. */
export function menuOf(menus: readonly unknown[]): MenuTemplate {
  return menus.at(-1) as MenuTemplate
}

/** All items of a menu, those of its submenus included. */
export function itemsOf(menu: MenuTemplate): MenuTemplate {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
}

/** The tray of a system. */
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
  const nativeImage = {
    createFromBitmap(bitmap: Buffer, { width, height }: { readonly width: number; readonly height: number }) {
      if (bitmap.length !== width * height * 4) throw new Error('a bitmap has four bytes for each pixel')
      return { bitmap, addRepresentation: () => undefined, setTemplateImage: () => undefined } as never
    },
  }
  return { Tray: StandInTray, nativeImage, trays }
}

/** The system's notifications: each stands until the test clicks on it. */
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
    /** Goes from the screen and stays in the list of the system, as on Windows. */
    timeOut(): void {
      this.emit('close', { reason: 'timedOut' })
    }
  }
  return { Notification: StandInNotification, notices }
}

/** What Chromium seals with on Linux where there is no keyring: the same everywhere, in its source for everybody to read. */
const knownKey = Buffer.alloc(32, 'peanuts')

/**
 * A keyring that truly encrypts, and that the test can take away. Electron says all the same that it is there, as it does; without it
 * Linux seals with Chromium's known key, and other systems do not seal. The tag in front tells whose key it was.
 */
export function standInKeyring(
  isThere: () => boolean,
  { platform = 'linux' as NodeJS.Platform, isReady = (): boolean => true, key = randomBytes(32) } = {},
): DesktopElectron['safeStorage'] {
  const fallsBack = platform === 'linux'
  const tag = fallsBack ? 'v11' : 'v10'
  const cannot = (what: string): never => {
    throw new Error(isReady() ? `Error while ${what} the text` : 'safeStorage cannot be used before app is ready')
  }
  return {
    isAsyncEncryptionAvailable: async () => isReady(),
    async encryptStringAsync(plain) {
      if (!isReady() || !(isThere() || fallsBack)) return cannot('encrypting')
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', isThere() ? key : knownKey, iv)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from(isThere() ? tag : 'v10'), iv, cipher.getAuthTag(), sealed])
    },
    async decryptStringAsync(encrypted) {
      const isOurs = encrypted.subarray(0, 3).toString('latin1') === tag
      if (!isReady() || !(isOurs ? isThere() : fallsBack)) return cannot('decrypting')
      const decipher = createDecipheriv('aes-256-gcm', isOurs ? key : knownKey, encrypted.subarray(3, 15))
      decipher.setAuthTag(encrypted.subarray(15, 31))
      const result = decipher.update(encrypted.subarray(31), undefined, 'utf8') + decipher.final('utf8')
      return { result, shouldReEncrypt: false }
    },
  }
}
