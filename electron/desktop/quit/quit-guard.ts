import type { App } from 'electron'
import type { Settings } from '#shared/contract/settings.ts'
import type { Log } from '../../base/log.ts'
import type { Dialogs } from '../dialogs.ts'
import type { SendingStatus } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'

type CloseAction = Settings['whenClosed']

interface QuitContext {
  readonly app: Pick<App, 'quit'>
  readonly dialogs: Dialogs
  readonly platform: NodeJS.Platform
  /** The last known status of sending. */
  status(): SendingStatus
  /** Reads the status of sending from the engine. */
  readStatus(): Promise<SendingStatus>
  closeAction(): CloseAction
  texts(): Translations
  /** Stores the user's answer to the question at closing. */
  remember(action: CloseAction): Promise<void>
  /** Hides the window; the tray stays. */
  hide(): void
  readonly log: Log
}

/** Returns what closing the window does. On macOS the program runs on without a window, and keeps sending. */
export function closeActionFor(
  platform: NodeJS.Platform,
  whenClosed: CloseAction,
  { running, scheduled }: Pick<SendingStatus, 'running' | 'scheduled'>,
): 'close' | CloseAction {
  if (platform === 'darwin') return whenClosed === 'quit' ? 'quit' : 'close'
  if (whenClosed !== 'ask') return whenClosed
  return running + scheduled > 0 ? 'ask' : 'quit'
}

/** Asks before the user closes the window or quits while deliveries have still to be sent. */
export class QuitGuard {
  readonly #context: QuitContext
  #isLeaving = false
  #hasQuit = false
  #isAsking = false

  constructor(context: QuitContext) {
    this.#context = context
  }

  /** The user closes the window. */
  onClose = (event: { preventDefault(): void }): void => {
    if (this.#isLeaving) return
    const { platform, closeAction, status, hide } = this.#context
    const action = closeActionFor(platform, closeAction(), status())
    if (action === 'close') return
    event.preventDefault()
    if (action === 'tray') hide()
    else if (action === 'quit') this.quitNow()
    else this.#askOnce(() => this.#askAtClosing())
  }

  /** Whether the program may quit now. If it must ask first it returns false, and quits itself after a yes. */
  mayQuit = (): boolean => {
    if (this.#isLeaving || this.#context.status().running === 0) return true
    this.#askOnce(() => this.#askAtQuitting())
    return false
  }

  /** Quits without a question. Only the first call counts: a system that shuts down asks several times. */
  quitNow = (): void => {
    this.#isLeaving = true
    if (this.#hasQuit) return
    this.#hasQuit = true
    this.#context.app.quit()
  }

  /** An installer is about to end the program: from now on nothing is asked. */
  allowInstaller(): void {
    this.#isLeaving = true
  }

  /** Opens one question at a time. */
  #askOnce(question: () => Promise<void>): void {
    if (this.#isAsking) return
    this.#isAsking = true
    question()
      .catch((error: unknown) => this.#context.log.error(`the question about quitting failed: ${String(error)}`))
      .finally(() => {
        this.#isAsking = false
      })
  }

  async #askAtClosing(): Promise<void> {
    const { dialogs, texts, readStatus, remember, hide, log } = this.#context
    const status = await readStatus()
    // Everything has finished meanwhile: there is nothing to ask.
    if (status.running + status.scheduled === 0) return this.quitNow()
    const { text } = texts()
    const { response, checkboxChecked } = await dialogs.ask({
      type: 'question',
      message: text('close.title'),
      detail: `${openDeliveries(status, texts())} ${text('close.advice')}`,
      buttons: [text('close.tray'), text('close.quit'), text('close.cancel')],
      defaultId: 0,
      cancelId: 2,
      checkboxLabel: text('close.remember'),
    })
    const answer = (['tray', 'quit'] as const)[response]
    if (answer === undefined) return
    // Without the stored answer the question comes again, which is no reason not to do what the user chose.
    if (checkboxChecked)
      await remember(answer).catch((error: unknown) =>
        log.warn(`the answer at closing was not stored: ${String(error)}`),
      )
    if (answer === 'tray') hide()
    else this.quitNow()
  }

  async #askAtQuitting(): Promise<void> {
    const { dialogs, texts, readStatus, hide } = this.#context
    const status = await readStatus()
    if (status.running === 0) return this.quitNow()
    const { text } = texts()
    const { response } = await dialogs.ask({
      type: 'question',
      message: text('quit.title'),
      detail: `${openDeliveries(status, texts())} ${text('quit.advice')}`,
      buttons: [text('quit.tray'), text('quit.quit'), text('quit.cancel')],
      defaultId: 0,
      cancelId: 2,
    })
    if (response === 0) hide()
    if (response === 1) this.quitNow()
  }
}

/** Says in a sentence or two how many deliveries are running and how many wait for their start. */
function openDeliveries({ running, scheduled }: SendingStatus, { text }: Translations): string {
  return [
    ...(running > 0 ? [text('close.running', { count: running })] : []),
    ...(scheduled > 0 ? [text('close.scheduled', { count: scheduled })] : []),
  ].join(' ')
}
