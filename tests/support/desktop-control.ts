import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import type { MessageBoxOptions } from 'electron'
import type { MainProcess } from './main-process.ts'

/** What the door has to offer beneath the rest, which is the same for the real Electron and the stand-in. */
export interface DesktopDoor extends MainProcess {
  readonly pid: number
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>
  /** The page of the window that is open now; throws while there is none. */
  page(): Promise<Page>
  /** Breaks the process of the window's page down. */
  crashPage(): Promise<void>
  /** Starts the program once more beside itself; its exit code. */
  startSecond(): Promise<number | null>
}

/** What lies beside the page: what the system shows of the program, and does to it. */
export interface Desktop extends Pick<DesktopDoor, 'crashPage' | 'ended' | 'page' | 'startSecond'> {
  /** The oldest open question of the program, once there is one. */
  question(): Promise<Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'>>
  /** Answers that question by the label of a button. */
  answer(label: string, choice?: { readonly checked?: boolean }): Promise<void>
  /** What the tray says of the program; null before it has said anything. */
  trayTip(): Promise<string | null>
  /** Chooses an item of the tray's menu or of the application's by its label. */
  choose(menu: 'tray' | 'application', label: string): Promise<void>
  notices(): Promise<{ readonly title: string; readonly body: string }[]>
  clickNotice(title: string): Promise<void>
  windows(): Promise<{ readonly isVisible: boolean }[]>
  /** What the operator does with the cross in the corner. */
  closeWindow(): Promise<void>
  /** She turns to another program: the window is gone from the screen until she is called back to it. */
  lookAway(): Promise<void>
  /** What the system does when the operator wants the program to end: the keys for it, or the menu of the dock. */
  quit(): Promise<void>
  /** The machine sleeps: nothing of the program runs for so long. */
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

/**
 * Has a main process note what it asks, tells and shows, and answer to the test in place of the system. What it showed before is not
 * known.
 */
export async function watchDesktop(main: MainProcess): Promise<void> {
  await main.evaluate(({ dialog, Notification, Tray }) => {
    const seen: Seen = { questions: [], notices: [], tray: { tip: null, menu: null } }
    Object.assign(globalThis, { heraldSeen: seen })
    // Over a window, or by itself.
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
    // On Windows a program that is not installed tells so.
    Tray.prototype.displayBalloon = function show(this: Electron.Tray, { title, content }) {
      seen.notices.push({ title, body: content, click: () => this.emit('balloon-click') })
    }
    const { setToolTip, setContextMenu } = Tray.prototype
    Tray.prototype.setToolTip = function tip(this: Electron.Tray, words) {
      seen.tray.tip = words
      setToolTip.call(this, words)
    }
    Tray.prototype.setContextMenu = function show(this: Electron.Tray, menu) {
      seen.tray.menu = menu
      setContextMenu.call(this, menu)
    }
  }, null)
}

/** Quits, also while something is being sent, of which it asks; its exit code. */
export async function quitForGood(desktop: Desktop): Promise<number | null> {
  const ended = desktop.ended()
  await desktop.quit()
  void desktop.question().then(
    ({ buttons = [] }) => desktop.answer(buttons[1] ?? ''),
    () => undefined, // it has ended without
  )
  return ended
}

export function controlDesktop(door: DesktopDoor): Desktop {
  return {
    page: door.page,
    crashPage: door.crashPage,
    startSecond: door.startSecond,
    ended: door.ended,

    async question() {
      const look = () =>
        door.evaluate(() => {
          const options = (globalThis as unknown as Witness).heraldSeen.questions[0]?.options
          if (options === undefined) return null
          return { message: options.message, detail: options.detail ?? '', buttons: options.buttons ?? [] }
        }, null)
      await expect.poll(look, 'the program asks something').not.toBeNull()
      const question = await look()
      if (question === null) throw new Error('the question went away')
      return question
    },

    async answer(label, { checked = false } = {}) {
      const { buttons = [], message } = await this.question()
      const response = buttons.indexOf(label)
      if (response < 0) throw new Error(`“${message}” has no button “${label}”, but ${buttons.join(', ')}`)
      await door.evaluate(
        (_electron, [response, checked]) =>
          (globalThis as unknown as Witness).heraldSeen.questions[0]?.answer(response, checked),
        [response, checked] as const,
      )
    },

    trayTip: () => door.evaluate(() => (globalThis as unknown as Witness).heraldSeen.tray.tip, null),

    choose: (which, label) =>
      door.evaluate(
        ({ Menu }, [which, label]) => {
          const menu =
            which === 'tray' ? (globalThis as unknown as Witness).heraldSeen.tray.menu : Menu.getApplicationMenu()
          // The stand-in's menus are the templates that they are made of.
          const itemsOf = (menu: Electron.Menu | undefined): Electron.MenuItem[] =>
            (menu?.items ?? (menu as unknown as Electron.MenuItem[] | undefined) ?? []).flatMap((item) => [
              item,
              ...itemsOf(item.submenu),
            ])
          const item = itemsOf(menu ?? undefined).find((each) => each.label === label)
          if (item === undefined) throw new Error(`there is nothing to choose called “${label}”`)
          item.click()
        },
        [which, label] as const,
      ),

    notices: () =>
      door.evaluate(
        () => (globalThis as unknown as Witness).heraldSeen.notices.map(({ title, body }) => ({ title, body })),
        null,
      ),

    clickNotice: (title) =>
      door.evaluate((_electron, title) => {
        const notice = (globalThis as unknown as Witness).heraldSeen.notices.find((each) => each.title === title)
        if (notice === undefined) throw new Error(`nothing was told under “${title}”`)
        notice.click()
      }, title),

    windows: () =>
      door.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => ({ isVisible: window.isVisible() })),
        null,
      ),

    closeWindow: () => door.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null),

    // To minimise a window or to give the focus away is the window manager's to do, and a screen without one does neither.
    lookAway: () => door.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide(), null),

    // The answer must leave before the process does.
    quit: () => door.evaluate(({ app }) => void setTimeout(() => app.quit(), 10), null),

    async sleep(ms) {
      await door.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'), null)
      // Windows cannot hold a process; there the program hears of the sleep without sleeping.
      if (process.platform !== 'win32') process.kill(door.pid, 'SIGSTOP')
      await sleep(ms)
      if (process.platform !== 'win32') process.kill(door.pid, 'SIGCONT')
      await door.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'), null)
    },
  }
}
