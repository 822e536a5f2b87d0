import type { Settings } from '#shared/contract/settings.ts'
import type { Log } from '../../base/log.ts'
import type { AskingPart } from '../dialogs.ts'
import type { Standing } from '../sending-watch.ts'
import type { Words } from '../translations.ts'

interface Preventable {
  preventDefault(): void
}

export type LeavingParts = AskingPart & { readonly app: { quit(): void } }

interface Situation {
  readonly platform: NodeJS.Platform
  /** How sending stood when it was last told. */
  standing(): Standing
  /** How it stands now. */
  look(): Promise<Standing>
  whenClosed(): Settings['whenClosed']
  words(): Words
  /** Keeps the operator's answer to the question at closing. */
  remember(whenClosed: Settings['whenClosed']): Promise<void>
  /** Takes the window away; the tray stays. */
  hide(): void
  readonly log: Log
}

export interface Leaving {
  /** The operator closes the window. */
  closeWanted(event: Preventable): void
  /** Whether the program may quit now. Where it must ask first it says no, and quits by itself once it is told to. */
  mayQuit(): boolean
  /** Quits without a question: whoever says so cannot wait for an answer. */
  quitAtOnce(): void
  /** The program is about to be ended by its installer: nothing is asked any more. */
  leaveForUpdate(): void
}

/** What closing the window does. On macOS a program lives on without its window anyway, and goes on sending. */
export function wayOfClosing(
  platform: NodeJS.Platform,
  whenClosed: Settings['whenClosed'],
  { running, scheduled }: Pick<Standing, 'running' | 'scheduled'>,
): 'close' | Settings['whenClosed'] {
  if (platform === 'darwin') return whenClosed === 'quit' ? 'quit' : 'close'
  if (whenClosed !== 'ask') return whenClosed
  return running + scheduled > 0 ? 'ask' : 'quit'
}

/** Stands between the operator's wish to leave and the deliveries that still have to go out. */
export function guardLeaving({ app, dialog }: LeavingParts, situation: Situation): Leaving {
  let isLeaving = false
  let hasQuit = false
  let isAsking = false

  /** Once: a system that shuts down says so in more than one way. */
  function quit(): void {
    isLeaving = true
    if (hasQuit) return
    hasQuit = true
    app.quit()
  }

  /** One question at a time; whoever asks again meanwhile has the old one before them. */
  function ask(question: () => Promise<void>): void {
    if (isAsking) return
    isAsking = true
    question()
      .catch((error: unknown) => situation.log.error(`the question about leaving was not answered: ${String(error)}`))
      .finally(() => {
        isAsking = false
      })
  }

  async function askAtClosing(): Promise<void> {
    const standing = await situation.look()
    // What ran is over meanwhile: there is nothing to ask.
    if (standing.running + standing.scheduled === 0) return quit()
    const { say } = situation.words()
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'question',
      title: 'Herald',
      message: say('close.title'),
      detail: `${underWay(standing, situation.words())} ${say('close.advice')}`,
      buttons: [say('close.tray'), say('close.quit'), say('close.cancel')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
      checkboxLabel: say('close.remember'),
    })
    const answer = (['tray', 'quit'] as const)[response]
    if (answer === undefined) return
    // Not to be remembered is worse than to be asked once more: it is said in the log, and what was chosen is done.
    if (checkboxChecked)
      await situation
        .remember(answer)
        .catch((error: unknown) => situation.log.warn(`the answer at closing was not kept: ${String(error)}`))
    if (answer === 'tray') situation.hide()
    else quit()
  }

  async function askAtQuitting(): Promise<void> {
    const standing = await situation.look()
    if (standing.running === 0) return quit()
    const { say } = situation.words()
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: 'Herald',
      message: say('quit.title'),
      detail: `${underWay(standing, situation.words())} ${say('quit.advice')}`,
      buttons: [say('quit.tray'), say('quit.quit'), say('quit.cancel')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    })
    if (response === 0) situation.hide()
    if (response === 1) quit()
  }

  return {
    closeWanted(event) {
      if (isLeaving) return
      const way = wayOfClosing(situation.platform, situation.whenClosed(), situation.standing())
      if (way === 'close') return
      event.preventDefault()
      if (way === 'tray') situation.hide()
      else if (way === 'quit') quit()
      else ask(askAtClosing)
    },
    mayQuit() {
      if (isLeaving || situation.standing().running === 0) return true
      ask(askAtQuitting)
      return false
    },
    quitAtOnce: quit,
    leaveForUpdate() {
      isLeaving = true
    },
  }
}

/** What is running and what waits for its start, in a sentence or two. */
function underWay({ running, scheduled }: Standing, { say }: Words): string {
  return [
    ...(running > 0 ? [say('close.running', { count: running })] : []),
    ...(scheduled > 0 ? [say('close.scheduled', { count: scheduled })] : []),
  ].join(' ')
}
