import type { Tray as ElectronTray, MenuItemConstructorOptions } from 'electron'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Electron } from '../electron-api.ts'
import type { ProgramActions } from '../menu/actions.ts'
import type { Notice, Notifier } from '../notifications/notifications.ts'
import type { SendingStatus } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'
import { type StatusIcon, trayImage } from './status-images.ts'

interface TrayState {
  readonly icon: StatusIcon
  readonly text: string
}

interface TrayContext {
  readonly platform: NodeJS.Platform
  readonly imagesFolder: string
  readonly actions: Pick<ProgramActions, 'newDelivery' | 'open' | 'quit'>
}

/** Returns the tray's icon and text for a status: trouble comes before what runs. */
export function trayState({ channel, running, share }: SendingStatus, { text, percent }: Translations): TrayState {
  switch (channel) {
    case 'open':
      if (running === 0) return { icon: 'idle', text: text('tray.idle') }
      return { icon: 'running', text: text('tray.running', { count: running, percent: percent(share) }) }
    case 'down':
    case 'stopped':
    case 'failing':
    case 'blocked':
      return { icon: 'trouble', text: text(`tray.${channel}`) }
    default:
      return assertNever(channel)
  }
}

/** Puts the program into the tray. Whether the desktop shows it is another question: `tray-host.ts`. */
export function openTray(electron: Electron, context: TrayContext): ProgramTray {
  return new ProgramTray(electron, context)
}

/** It notifies with a balloon, one at a time, which only Windows has. */
class ProgramTray implements Notifier {
  readonly #electron: Electron
  readonly #context: TrayContext
  #tray: ElectronTray
  #last: readonly [Translations, SendingStatus] | null = null
  #shown = ''
  #onBalloonClick = (): void => undefined
  #isBalloonPrivate = false

  constructor(electron: Electron, context: TrayContext) {
    this.#electron = electron
    this.#context = context
    this.#tray = this.#create()
  }

  /** For a panel that started later: Chromium looks for one only when it creates the icon (`status_icon_linux_dbus.cc`). */
  recreate(): void {
    this.#tray.destroy()
    this.#tray = this.#create()
    this.#shown = ''
    if (this.#last !== null) this.show(...this.#last)
  }

  show(texts: Translations, status: SendingStatus): void {
    this.#last = [texts, status]
    const state = trayState(status, texts)
    // Replacing the menu closes the one that the user has open.
    if (this.#shown === `${texts.language} ${state.text}`) return
    this.#shown = `${texts.language} ${state.text}`
    this.#tray.setImage(this.#image(state.icon))
    this.#tray.setToolTip(`Herald · ${state.text}`)
    const template = trayMenu(state.text, texts, this.#context.actions)
    this.#tray.setContextMenu(this.#electron.Menu.buildFromTemplate(template))
  }

  notify({ title, body, isPrivate }: Notice, onClick: () => void): void {
    this.#onBalloonClick = onClick
    this.#isBalloonPrivate ||= isPrivate
    this.#tray.displayBalloon({ title, content: body })
  }

  withdrawPrivate(): void {
    if (this.#isBalloonPrivate) this.#tray.removeBalloon()
    this.#isBalloonPrivate = false
  }

  #create(): ElectronTray {
    const { platform, actions } = this.#context
    const tray = new this.#electron.Tray(this.#image('idle'))
    // On macOS a click opens the menu; it should not open the window as well.
    if (platform !== 'darwin') tray.on('click', () => actions.open())
    tray.on('balloon-click', () => this.#onBalloonClick())
    return tray
  }

  #image(icon: StatusIcon) {
    return trayImage(this.#electron, this.#context.imagesFolder, this.#context.platform, icon)
  }
}

function trayMenu(
  state: string,
  { text }: Translations,
  actions: TrayContext['actions'],
): MenuItemConstructorOptions[] {
  return [
    { label: state, enabled: false },
    { type: 'separator' },
    { label: text('tray.open'), click: actions.open },
    { label: text('menu.newDelivery'), click: actions.newDelivery },
    { type: 'separator' },
    { label: text('menu.quit'), click: actions.quit },
  ]
}
