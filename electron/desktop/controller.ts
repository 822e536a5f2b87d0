import type { BrowserWindow } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { Settings } from '#shared/contract/settings.ts'
import type { Log } from '../base/log.ts'
import { createDialogs, type Dialogs } from './dialogs.ts'
import type { Electron } from './electron-api.ts'
import { createWakeLock, followPower, followSession } from './power/power.ts'
import { QuitGuard } from './quit/quit-guard.ts'
import { failedUpdateArgument, failedUpdateVersion, type Restart } from './quit/restart.ts'
import { type EngineApi, idleStatus, type SendingEvent, type SendingStatus, SendingWatch } from './sending-watch.ts'
import { startAtLogin } from './startup/login-start.ts'
import type { Launch } from './startup/packaging.ts'
import type { StatusSurfaces } from './status-surfaces.ts'
import { chooseLanguage, type Translations, translationsFor } from './translations.ts'
import { Updates } from './updates/updates.ts'
import type { ConsoleWindows, WindowEvents } from './window/console-windows.ts'
import { addContextMenu } from './window/context-menu.ts'
import { recoverFromCrashes } from './window/crash-recovery.ts'
import { checkSpelling } from './window/spelling.ts'

/** The engine, as far as the desktop uses it. */
export interface EngineHandle {
  readonly api: EngineApi
  wake(): void
}

interface ControllerContext extends Launch {
  /** False for a portable program and for one that runs from its sources: nothing can be installed over them. */
  readonly isInstalled: boolean
  readonly restart: Restart
  readonly windows: ConsoleWindows
  readonly surfaces: StatusSurfaces
  readonly updater: () => Promise<AppUpdater>
  readonly closeEngine: () => Promise<void>
  readonly log: Log
}

/** Connects the engine with everything around it: settings, status surfaces, updates, power, and quitting. */
export class DesktopController implements WindowEvents {
  readonly quitGuard: QuitGuard
  readonly #electron: Electron
  readonly #context: ControllerContext
  readonly #dialogs: Dialogs
  readonly #updates: Updates
  readonly #keepAwake: (isWanted: boolean) => void
  #engine: EngineHandle | null = null
  #watch: SendingWatch | null = null
  #settings: Settings | null = null
  #status = idleStatus
  #texts: Translations
  #isDetached = false
  #failedUpdate: string | null

  constructor(electron: Electron, context: ControllerContext) {
    this.#electron = electron
    this.#context = context
    this.#dialogs = createDialogs(electron, () => context.windows.window)
    this.#keepAwake = createWakeLock(electron)
    this.#texts = translationsFor(chooseLanguage('system', electron.app.getPreferredSystemLanguages()))
    this.#failedUpdate = failedUpdateVersion(context.argv)
    this.quitGuard = this.#createQuitGuard()
    this.#updates = this.#createUpdates()
    // Before there is a page: Chromium must not download a dictionary without the user's choice.
    this.#setSpellCheck(false)
    const { quitNow } = this.quitGuard
    followPower(electron, { onWakeUp: () => this.#engine?.wake(), onShutdown: quitNow, log: context.log })
    context.surfaces.show(this.#texts, this.#status)
  }

  get texts(): Translations {
    return this.#texts
  }

  /** The engine's API; null while the engine is not open. */
  get api(): EngineApi | null {
    return this.#engine?.api ?? null
  }

  /** The engine is open: applies the settings and follows what it does. Does nothing after `detach`. */
  attach(engine: EngineHandle): void {
    if (this.#isDetached) return
    this.#engine = engine
    const listener = {
      onStatus: (status: SendingStatus) => this.#setStatus(status),
      onEvent: (event: SendingEvent) => this.#notify(event),
      onSettings: () => this.#applySettings(engine.api),
      onLocked: () => this.#context.surfaces.withdrawPrivate(),
    }
    this.#watch = new SendingWatch(engine.api, listener, this.#context.log)
  }

  /** Stops using the engine, before it closes. */
  async detach(): Promise<void> {
    this.#isDetached = true
    this.#updates.stop()
    await this.#watch?.end()
    this.#keepAwake(false)
  }

  onOpened(window: BrowserWindow): void {
    const { log, surfaces } = this.#context
    const texts = () => this.#texts
    recoverFromCrashes(window, { dialogs: this.#dialogs, texts, hide: this.#hide, log })
    window.on('show', () => this.#updates.offerIfIdle(this.#status))
    followSession(window, () => this.#status.running > 0, this.quitGuard.quitNow)
    addContextMenu(this.#electron, window, texts)
    surfaces.show(this.#texts, this.#status)
  }

  onClose(event: { preventDefault(): void }): void {
    this.quitGuard.onClose(event)
  }

  /** Hides the window if the tray can bring it back, and otherwise minimises it. */
  #hide = (): void => {
    const { surfaces, windows } = this.#context
    void surfaces.isTrayShown().then((isShown) => (isShown ? windows.hide() : windows.window?.minimize()))
  }

  #readStatus = async (): Promise<SendingStatus> => (await this.#watch?.readStatus()) ?? this.#status

  #setStatus(status: SendingStatus): void {
    this.#status = status
    this.#keepAwake(this.#settings?.keepAwake === true && status.running > 0)
    this.#context.surfaces.show(this.#texts, status)
    this.#updates.offerIfIdle(status)
  }

  #notify(event: SendingEvent): void {
    const { surfaces, windows } = this.#context
    if (this.#settings?.notifications !== false && !windows.isInFront()) surfaces.notify(this.#texts, event)
  }

  #applySettings(api: EngineApi): void {
    void this.#readSettings(api)
      .catch((error: unknown) => this.#context.log.warn(`not all settings were applied: ${String(error)}`))
      .then(() => this.#reportFailedUpdate())
  }

  async #readSettings(api: EngineApi): Promise<void> {
    const settings = await api.settings.get()
    this.#settings = settings
    const systemLanguages = this.#electron.app.getPreferredSystemLanguages()
    this.#texts = translationsFor(chooseLanguage(settings.language, systemLanguages))
    this.#setStatus(this.#status)
    this.#setSpellCheck(settings.spellCheck)
    if (this.#context.isInstalled) this.#updates.follow(settings.updateFeed, api)
    startAtLogin(this.#electron, this.#context, settings.openAtLogin)
  }

  /** Checks in the languages of the system and of the console. */
  #setSpellCheck(isWanted: boolean): void {
    const languages = [...this.#electron.app.getPreferredSystemLanguages(), this.#texts.language]
    checkSpelling(this.#electron, this.#context.platform, isWanted, languages)
  }

  /** Once, after the settings have set the language. */
  async #reportFailedUpdate(): Promise<void> {
    if (this.#failedUpdate === null) return
    this.#failedUpdate = null
    try {
      const { text } = this.#texts
      const content = { message: text('update.failed'), detail: text('update.failedAdvice') }
      await this.#dialogs.ask({ type: 'warning', buttons: [text('crash.ok')], ...content })
    } catch (error) {
      this.#context.log.warn(`the failed update was not reported: ${String(error)}`)
    }
  }

  #createQuitGuard(): QuitGuard {
    const { platform, log } = this.#context
    return new QuitGuard({
      app: this.#electron.app,
      dialogs: this.#dialogs,
      platform,
      status: () => this.#status,
      readStatus: this.#readStatus,
      closeAction: () => this.#settings?.whenClosed ?? 'ask',
      texts: () => this.#texts,
      remember: async (whenClosed) => {
        await this.#engine?.api.settings.update({ whenClosed })
      },
      hide: this.#hide,
      log,
    })
  }

  #createUpdates(): Updates {
    const { windows, updater, closeEngine, restart, log } = this.#context
    return new Updates({
      declined: this.#failedUpdate,
      dialogs: this.#dialogs,
      updater,
      texts: () => this.#texts,
      readStatus: this.#readStatus,
      isWindowVisible: () => windows.window?.isVisible() === true,
      beforeInstall: async () => {
        this.quitGuard.allowInstaller()
        windows.hide()
        await closeEngine()
      },
      installFailed: (version) => {
        restart(failedUpdateArgument(version))
        this.quitGuard.quitNow()
      },
      log,
    })
  }
}
