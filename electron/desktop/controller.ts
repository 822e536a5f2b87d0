import type { App } from 'electron'
import type { Settings } from '#shared/contract/settings.ts'
import type { Log } from '../base/log.ts'
import { askOver, type WindowAskingPart } from './dialogs.ts'
import { createWakefulness, followPower, followSession, type PowerParts } from './power/power.ts'
import { guardLeaving, type Leaving, type LeavingParts } from './quit/quit-guard.ts'
import { failedUpdateOf, type StartAnew, updateFailed } from './quit/restart.ts'
import { type EngineApi, type News, nothingKnown, type Standing, type Watch, watchSending } from './sending-watch.ts'
import { type Launch, type LoginParts, startAtLogin } from './startup/login-start.ts'
import type { Display } from './status-surfaces.ts'
import { chooseWords, type Words, wordsOf } from './translations.ts'
import { createUpdates, type Updater } from './updates/updates.ts'
import type { ConsoleWindows, WindowEvents } from './window/console-windows.ts'
import { type ContextMenuPart, offerContextMenu } from './window/context-menu.ts'
import { mendAfterCrash } from './window/crash-recovery.ts'
import { checkSpelling, type SpellingSession } from './window/spelling.ts'
import type { ConsoleWindow } from './window/window.ts'

export type LifeParts = ContextMenuPart &
  Omit<LeavingParts, 'dialog'> &
  LoginParts &
  PowerParts &
  WindowAskingPart & { readonly session: { readonly defaultSession: SpellingSession } } & {
    readonly app: Pick<App, 'getPreferredSystemLanguages'>
  }

/** The engine, as far as the program around it uses it. */
export interface LivingEngine {
  readonly api: EngineApi
  wake(): void
}

export interface Life extends WindowEvents {
  readonly leaving: Leaving
  readonly words: Words
  /** The engine's API, once it is open. */
  readonly api: EngineApi | null
  /** The engine is open: from now on the settings hold, and what it does is followed. */
  join(engine: LivingEngine): void
  /** Lets go of the engine before it closes. */
  part(): Promise<void>
}

interface Surroundings extends Launch {
  /** A program that runs from its sources is not, nor is a portable one: nothing can be installed over either. */
  readonly isInstalled: boolean
  readonly startAnew: StartAnew
  readonly windows: ConsoleWindows
  readonly display: Display
  readonly updater: () => Promise<Updater>
  readonly closeEngine: () => Promise<void>
  readonly log: Log
}

/** The life of the program around the engine: what it keeps going, asks, tells and leaves when. */
export function createLife(electron: LifeParts, surroundings: Surroundings): Life {
  const { display, windows, log, platform } = surroundings
  const keepAwake = createWakefulness(electron)
  const { dialog } = askOver(electron, () => windows.window)
  let engine: LivingEngine | null = null
  let watch: Watch | null = null
  let settings: Settings | null = null
  let standing = nothingKnown
  let hasParted = false
  let words = wordsOf(chooseWords('system', electron.app.getPreferredSystemLanguages()))

  /** Out of the operator's way, where it can be called back from. */
  const hide = (): void =>
    void display.isTrayShown().then((isShown) => (isShown ? windows.hide() : windows.window?.minimize()))

  const look = async (): Promise<Standing> => (await watch?.look()) ?? standing
  const failedUpdate = failedUpdateOf(surroundings.argv)
  let isFailureUntold = failedUpdate !== null
  const updates = createUpdates({
    declined: failedUpdate,
    dialog,
    updater: surroundings.updater,
    words: () => words,
    look,
    isSeen: () => windows.window?.isVisible() === true,
    async beforeInstall() {
      leaving.leaveForUpdate()
      windows.hide()
      await surroundings.closeEngine()
    },
    installFailed(version) {
      surroundings.startAnew(updateFailed(version))
      leaving.quitAtOnce()
    },
    log,
  })

  const { app } = electron
  const leaving = guardLeaving(
    { app, dialog },
    {
      platform,
      standing: () => standing,
      look,
      whenClosed: () => settings?.whenClosed ?? 'ask',
      words: () => words,
      remember: async (whenClosed) => {
        await engine?.api.settings.update({ whenClosed })
      },
      hide,
      log,
    },
  )

  function update(next: Standing): void {
    standing = next
    keepAwake(settings?.keepAwake === true && standing.running > 0)
    display.show(words, standing)
    updates.update(standing)
  }

  async function readSettings(api: EngineApi): Promise<void> {
    settings = await api.settings.get()
    words = wordsOf(chooseWords(settings.language, electron.app.getPreferredSystemLanguages()))
    update(standing)
    spell(settings.spellCheck)
    if (surroundings.isInstalled) updates.follow(settings.updateFeed, api)
    startAtLogin(electron, surroundings, settings.openAtLogin)
  }

  /** Once, as soon as the language is known. */
  async function tellFailedUpdate(): Promise<void> {
    if (!isFailureUntold) return
    isFailureUntold = false
    try {
      const { say } = words
      const texts = { message: say('update.failed'), detail: say('update.failedAdvice') }
      await dialog.showMessageBox({
        type: 'warning',
        title: 'Herald',
        buttons: [say('crash.ok')],
        noLink: true,
        ...texts,
      })
    } catch (error) {
      log.warn(`nobody was told that the update has failed: ${String(error)}`)
    }
  }

  const followSettings = (api: EngineApi): void =>
    void readSettings(api)
      .catch((error: unknown) => log.warn(`the settings do not hold as a whole: ${String(error)}`))
      .then(tellFailedUpdate)

  /** In the languages of the system, and in that of the console. */
  function spell(isWanted: boolean): void {
    const languages = [...electron.app.getPreferredSystemLanguages(), words.language]
    checkSpelling(electron.session.defaultSession, platform, isWanted, languages)
  }

  // Before there is a page: nothing may be fetched that nobody chose.
  spell(false)
  followPower(electron, { onWakeUp: () => engine?.wake(), onShutdown: leaving.quitAtOnce, log })
  display.show(words, standing)

  return {
    leaving,
    get words() {
      return words
    },
    get api() {
      return engine?.api ?? null
    },
    onOpened(window: ConsoleWindow) {
      mendAfterCrash({ dialog, hide }, window, () => words, log)
      window.on('show', () => updates.update(standing))
      followSession(window, () => standing.running > 0, leaving.quitAtOnce)
      offerContextMenu(electron, window.webContents, electron.session.defaultSession, () => words)
      display.show(words, standing)
    },
    onClose: leaving.closeWanted,
    join(opened) {
      // Whoever quits while the store still opens has parted from the engine before it is there.
      if (hasParted) return
      engine = opened
      const { api } = opened
      const onNews = (news: News): void => {
        if (settings?.notifications !== false && !windows.isInFront()) display.tell(words, news)
      }
      const onSettings = (): void => followSettings(api)
      watch = watchSending(api, { onStanding: update, onNews, onSettings, onLocked: display.hush }, log)
    },
    async part() {
      hasParted = true
      updates.end()
      await watch?.end()
      keepAwake(false)
    },
  }
}
