import type { Tray as ElectronTray, Menu, MenuItemConstructorOptions, NativeImage, nativeImage } from 'electron'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { ProgramActions } from '../menu/actions.ts'
import type { Teller } from '../notifications/notifications.ts'
import type { Standing } from '../sending-watch.ts'
import type { Words } from '../translations.ts'
import { drawTray, type TrayLook } from './tray-picture.ts'

type ProgramTray = Pick<
  ElectronTray,
  'destroy' | 'displayBalloon' | 'removeBalloon' | 'setContextMenu' | 'setImage' | 'setToolTip'
> & {
  on(event: 'balloon-click' | 'click', listener: () => void): unknown
}

export interface TrayParts {
  readonly Tray: new (image: NativeImage) => ProgramTray
  readonly nativeImage: Pick<typeof nativeImage, 'createFromBitmap'>
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
}

type TrayActions = Pick<ProgramActions, 'newDelivery' | 'open' | 'quit'>

/** It tells by a balloon beside its picture, one at a time, which Windows alone has. */
interface ShownTray extends Teller {
  show(words: Words, standing: Standing): void
  /** Makes it anew, for a panel that was not there when it was made: Chromium asks for one at that moment alone (`status_icon_linux_dbus.cc`). */
  renew(): void
}

export interface TrayState {
  readonly look: TrayLook
  readonly words: string
}

/** What the tray says of how sending stands: what is wrong before what runs. */
export function trayState({ channel, running, share }: Standing, { say, percent }: Words): TrayState {
  switch (channel) {
    case 'open':
      if (running === 0) return { look: 'idle', words: say('tray.idle') }
      return { look: 'running', words: say('tray.running', { count: running, percent: percent(share) }) }
    case 'down':
    case 'stopped':
    case 'failing':
    case 'blocked':
      return { look: 'trouble', words: say(`tray.${channel}`) }
    default:
      return assertNever(channel)
  }
}

/** Puts the program into the tray. Whether somebody shows it is another question: `tray-host.ts`. */
export function openTray(electron: TrayParts, platform: NodeJS.Platform, actions: TrayActions): ShownTray {
  const picture = (look: TrayLook) => pictureOf(electron, platform, look)
  let last: readonly [Words, Standing] | null = null
  let shown = ''
  let clicked = (): void => undefined
  let isPrivate = false
  const make = (): ProgramTray => {
    const made = new electron.Tray(picture('idle'))
    // On macOS a click opens the menu, and would open the window as well.
    if (platform !== 'darwin') made.on('click', actions.open)
    made.on('balloon-click', () => clicked())
    return made
  }
  let tray = make()
  return {
    renew() {
      tray.destroy()
      tray = make()
      shown = ''
      if (last !== null) this.show(...last)
    },
    show(words, standing) {
      last = [words, standing]
      const state = trayState(standing, words)
      // A menu that is put anew shuts the one that the operator has open.
      if (shown === `${words.language} ${state.words}`) return
      shown = `${words.language} ${state.words}`
      tray.setImage(picture(state.look))
      tray.setToolTip(`Herald · ${state.words}`)
      tray.setContextMenu(electron.Menu.buildFromTemplate(trayMenu(state.words, words, actions)))
    },
    tell(notice, onClick) {
      clicked = onClick
      isPrivate ||= notice.isPrivate
      tray.displayBalloon({ title: notice.title, content: notice.body })
    },
    withdraw() {
      if (isPrivate) tray.removeBalloon()
      isPrivate = false
    },
  }
}

function trayMenu(state: string, { say }: Words, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: state, enabled: false },
    { type: 'separator' },
    { label: say('tray.open'), click: actions.open },
    { label: say('menu.newDelivery'), click: actions.newDelivery },
    { type: 'separator' },
    { label: say('menu.quit'), click: actions.quit },
  ]
}

/** The bar of macOS colours its pictures itself; panels on Linux show larger ones. */
function pictureOf({ nativeImage }: TrayParts, platform: NodeJS.Platform, look: TrayLook): NativeImage {
  const isTemplate = platform === 'darwin'
  const size = platform === 'linux' ? 24 : 16
  const image = nativeImage.createFromBitmap(drawTray(size, look, isTemplate), { width: size, height: size })
  const double = { width: 2 * size, height: 2 * size }
  image.addRepresentation({ scaleFactor: 2, ...double, buffer: drawTray(2 * size, look, isTemplate) })
  image.setTemplateImage(isTemplate)
  return image
}
