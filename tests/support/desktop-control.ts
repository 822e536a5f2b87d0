import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import type { MessageBoxOptions } from 'electron'
import type { MainProcess } from './desktop-process.ts'

/** What the real Electron and the stand-in provide differently. */
export interface DesktopDriver extends MainProcess {
  readonly pid: number
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>
  /** The page of the open window; rejects if there is none. */
  page(): Promise<Page>
  /** Crashes the page's process. */
  crashPage(): Promise<void>
  /** Starts a second process; resolves with its exit code. */
  startSecond(): Promise<number | null>
}

/** What surrounds the page: what the system shows of the program, and does to it. */
export interface Desktop extends Pick<DesktopDriver, 'crashPage' | 'ended' | 'page' | 'startSecond'> {
  /** The oldest open dialog; waits for one. */
  question(): Promise<Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'>>
  /** Presses a button of that dialog. */
  answer(label: string, choice?: { readonly checked?: boolean }): Promise<void>
  /** The tray's tooltip; null before there is one. */
  trayTip(): Promise<string | null>
  /** Chooses an item of the tray's or the application's menu by its label. */
  choose(menu: 'tray' | 'application', label: string): Promise<void>
  notices(): Promise<{ readonly title: string; readonly body: string }[]>
  clickNotice(title: string): Promise<void>
  windows(): Promise<{ readonly isVisible: boolean }[]>
  /** The user closes the window. */
  closeWindow(): Promise<void>
  /** The user turns to another program: the window is hidden until something shows it. */
  lookAway(): Promise<void>
  /** The user quits the program by its shortcut or the dock. */
  quit(): Promise<void>
  /** The machine sleeps for a time: nothing of the program runs. */
  sleep(ms: number): Promise<void>
}

interface Seen {
  readonly questions: { options: MessageBoxOptions; answer(response: number, checkboxChecked: boolean): void }[]
  readonly notices: { readonly title: string; readonly body: string; click(): void }[]
  tray: { tip: string | null; menu: Electron.Menu | null }
}
interface Witness {
  heraldSeen: Seen
}

/** Makes a main process record its dialogs, notifications and tray, and lets the test answer in place of the system. */
export async function watchDesktop(main: MainProcess): Promise<void> {
  await main.evaluate(({ dialog, Notification, Tray }) => {
    const seen: Seen = { questions: [], notices: [], tray: { tip: null, menu: null } }
    Object.assign(globalThis, { heraldSeen: seen })
    // With or without a window.
    dialog.showMessageBox = ((...asked: MessageBoxOptions[]) =>
      new Promise((resolve) => {
        const options = asked.at(-1) ?? { message: '' }
        const question = {
          options,
          answer(response: number, checkboxChecked: boolean) {
            seen.questions.splice(seen.questions.indexOf(question), 1)
            resolve({ response, checkboxChecked })
          },
        }
        seen.questions.push(question)
      })) as typeof dialog.showMessageBox
    Notification.isSupported = () => true
    Notification.prototype.show = function show(this: Electron.Notification) {
      seen.notices.push({ title: this.title, body: this.body, click: () => this.emit('click') })
    }
    // On Windows a program that is not installed shows balloons.
    Tray.prototype.displayBalloon = function show(this: Electron.Tray, { title, content }) {
      seen.notices.push({ title, body: content, click: () => this.emit('balloon-click') })
    }
    const { setToolTip, setContextMenu } = Tray.prototype
    Tray.prototype.setToolTip = function tip(this: Electron.Tray, text) {
      seen.tray.tip = text
      setToolTip.call(this, text)
    }
    Tray.prototype.setContextMenu = function show(this: Electron.Tray, menu) {
      seen.tray.menu = menu
      setContextMenu.call(this, menu)
    }
  }, null)
}

/** Quits, and confirms it if something is being sent. Returns the exit code. */
export async function quitForGood(desktop: Desktop): Promise<number | null> {
  const ended = desktop.ended()
  await desktop.quit()
  void desktop.question().then(
    ({ buttons = [] }) => desktop.answer(buttons[1] ?? ''),
    () => undefined, // it has ended without a question
  )
  return ended
}

export function controlDesktop(driver: DesktopDriver): Desktop {
  return new ControlledDesktop(driver)
}

class ControlledDesktop implements Desktop {
  readonly page: DesktopDriver['page']
  readonly crashPage: DesktopDriver['crashPage']
  readonly startSecond: DesktopDriver['startSecond']
  readonly ended: DesktopDriver['ended']
  readonly #driver: DesktopDriver

  constructor(driver: DesktopDriver) {
    this.#driver = driver
    this.page = driver.page
    this.crashPage = driver.crashPage
    this.startSecond = driver.startSecond
    this.ended = driver.ended
  }

  async question() {
    const read = () =>
      this.#driver.evaluate(() => {
        const options = (globalThis as unknown as Witness).heraldSeen.questions[0]?.options
        if (options === undefined) return null
        return { message: options.message, detail: options.detail ?? '', buttons: options.buttons ?? [] }
      }, null)
    await expect.poll(read, 'the program opens a dialog').not.toBeNull()
    const question = await read()
    if (question === null) throw new Error('the dialog has closed')
    return question
  }

  async answer(label: string, { checked = false } = {}): Promise<void> {
    const { buttons, message } = await this.question()
    const response = buttons.indexOf(label)
    if (response < 0) throw new Error(`“${message}” has no button “${label}”, but ${buttons.join(', ')}`)
    await this.#driver.evaluate(
      (_electron, [response, checked]) =>
        (globalThis as unknown as Witness).heraldSeen.questions[0]?.answer(response, checked),
      [response, checked] as const,
    )
  }

  trayTip() {
    return this.#driver.evaluate(() => (globalThis as unknown as Witness).heraldSeen.tray.tip, null)
  }

  choose(which: 'tray' | 'application', label: string): Promise<void> {
    return this.#driver.evaluate(
      ({ Menu }, [which, label]) => {
        const menu =
          which === 'tray' ? (globalThis as unknown as Witness).heraldSeen.tray.menu : Menu.getApplicationMenu()
        // The stand-in's menus are the templates that they are built from.
        const itemsOf = (menu: Electron.Menu | undefined): Electron.MenuItem[] =>
          (menu?.items ?? (menu as unknown as Electron.MenuItem[] | undefined) ?? []).flatMap((item) => [
            item,
            ...itemsOf(item.submenu),
          ])
        const item = itemsOf(menu ?? undefined).find((each) => each.label === label)
        if (item === undefined) throw new Error(`the menu has no item “${label}”`)
        item.click()
      },
      [which, label] as const,
    )
  }

  notices() {
    return this.#driver.evaluate(
      () => (globalThis as unknown as Witness).heraldSeen.notices.map(({ title, body }) => ({ title, body })),
      null,
    )
  }

  clickNotice(title: string): Promise<void> {
    return this.#driver.evaluate((_electron, title) => {
      const notice = (globalThis as unknown as Witness).heraldSeen.notices.find((each) => each.title === title)
      if (notice === undefined) throw new Error(`there is no notification “${title}”`)
      notice.click()
    }, title)
  }

  windows() {
    return this.#driver.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => ({ isVisible: window.isVisible() })),
      null,
    )
  }

  closeWindow(): Promise<void> {
    return this.#driver.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
  }

  lookAway(): Promise<void> {
    // Minimising and focus need a window manager, which a test's screen may not have.
    return this.#driver.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide(), null)
  }

  quit(): Promise<void> {
    // The answer must be sent before the process ends.
    return this.#driver.evaluate(({ app }) => void setTimeout(() => app.quit(), 10), null)
  }

  async sleep(ms: number): Promise<void> {
    await this.#driver.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'), null)
    // Windows cannot stop a process; there the program only hears of the sleep.
    if (process.platform !== 'win32') process.kill(this.#driver.pid, 'SIGSTOP')
    await sleep(ms)
    if (process.platform !== 'win32') process.kill(this.#driver.pid, 'SIGCONT')
    await this.#driver.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'), null)
  }
}
