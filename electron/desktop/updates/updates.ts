import type { AppUpdater } from 'electron-updater'
import type { Log } from '../../base/log.ts'
import type { Dialogs } from '../dialogs.ts'
import type { EngineApi, SendingStatus } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'

interface UpdateContext {
  /** The version that the user postponed, or whose installation failed: it is not offered in this run. */
  readonly declined: string | null
  readonly dialogs: Dialogs
  /** Loads electron-updater. Called only once a feed is set. */
  readonly updater: () => Promise<AppUpdater>
  texts(): Translations
  /** Whether the user can see the window. A hidden window is not shown for this question. */
  isWindowVisible(): boolean
  /** Reads the status of sending from the engine. */
  readStatus(): Promise<SendingStatus>
  /** Called before the installer ends the program: closes what is open. */
  beforeInstall(): Promise<void>
  /** The installer did not end the program, whose engine is closed by now. */
  installFailed(version: string): void
  readonly log: Log
}

const checkEveryMs = 24 * 3_600_000
/** An installer that has not ended the program by then has failed; macOS unpacks the new version meanwhile. */
const maxInstallMs = 120_000

/**
 * Checks the feed that the user chose once a day. A downloaded version is offered when nothing is being sent, and never
 * installed without consent. Installing makes a backup first, and checks again that nothing is running.
 */
export class Updates {
  readonly #context: UpdateContext
  #feed = ''
  #api: EngineApi | null = null
  #updater: Promise<AppUpdater> | null = null
  #downloaded: string | null = null
  #declined: string | null
  #isAsking = false
  #timer: NodeJS.Timeout | undefined

  constructor(context: UpdateContext) {
    this.#context = context
    this.#declined = context.declined
  }

  /** Follows this feed from now on. With an empty feed nothing is requested from anywhere. */
  follow(feed: string, api: EngineApi): void {
    this.#api = api
    if (feed === this.#feed) return
    this.#feed = feed
    clearInterval(this.#timer)
    if (feed === '') return
    const check = (): void => void this.#check().catch(this.#logFailure)
    this.#timer = setInterval(check, checkEveryMs)
    this.#timer.unref()
    check()
  }

  /** The status of sending changed, or the window was opened: a downloaded version may be offered now. */
  offerIfIdle({ running }: SendingStatus): void {
    if (running === 0) void this.#offer().catch(this.#logFailure)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #check(): Promise<void> {
    this.#updater ??= this.#prepare()
    const updater = await this.#updater
    updater.setFeedURL({ provider: 'generic', url: this.#feed })
    await updater.checkForUpdates()
  }

  async #prepare(): Promise<AppUpdater> {
    const updater = await this.#context.updater()
    updater.autoDownload = true
    updater.autoInstallOnAppQuit = false
    updater.allowDowngrade = false
    updater.on('error', (error) => this.#context.log.warn(`checking for a new version: ${error.message}`))
    updater.on('update-downloaded', ({ version }) => {
      // Each check reports it again.
      if (version === this.#declined) return
      this.#downloaded = version
      void this.#offer().catch(this.#logFailure)
    })
    return updater
  }

  /** Asks once for each version. A postponed version is offered again at the next start. */
  async #offer(): Promise<void> {
    if (this.#downloaded === null || this.#isAsking || !this.#context.isWindowVisible()) return
    // Reading the status calls `offerIfIdle` again.
    this.#isAsking = true
    const version = this.#downloaded
    let isDone = true
    try {
      if (await this.#isSending()) {
        isDone = false
      } else if (!(await this.#userAccepts(version))) {
        this.#declined = version
      } else if (await this.#isSendingAroundBackup()) {
        isDone = false
      } else {
        this.#forget(version)
        await this.#install(version)
      }
    } finally {
      if (isDone) this.#forget(version)
      this.#isAsking = false
    }
  }

  /** A version that was downloaded meanwhile stays. */
  #forget(version: string): void {
    if (this.#downloaded === version) this.#downloaded = null
  }

  async #userAccepts(version: string): Promise<boolean> {
    const { text } = this.#context.texts()
    const { response } = await this.#context.dialogs.ask({
      type: 'question',
      message: text('update.title', { version }),
      detail: text('update.advice'),
      buttons: [text('update.install'), text('update.later')],
      defaultId: 0,
      cancelId: 1,
    })
    return response === 0
  }

  /** Makes a backup. Sending may have started while the question was open, or during the backup. */
  async #isSendingAroundBackup(): Promise<boolean> {
    if (await this.#isSending()) return true
    await this.#api?.backups.make()
    return this.#isSending()
  }

  async #isSending(): Promise<boolean> {
    return (await this.#context.readStatus()).running > 0
  }

  /** Closes the engine first: the new version must not start while the old one is still at work. */
  async #install(version: string): Promise<void> {
    const { log, beforeInstall, installFailed } = this.#context
    let hasFailed = false
    const fail = (why: string): void => {
      if (hasFailed) return
      hasFailed = true
      log.error(`${version} was not installed: ${why}`)
      installFailed(version)
    }
    const updater = await this.#updater
    try {
      await beforeInstall()
      log.info(`installing ${version}`)
      updater?.on('error', (error) => fail(error.message))
      setTimeout(fail, maxInstallMs, `nothing happened within ${maxInstallMs} ms`).unref()
      updater?.quitAndInstall(false, true)
    } catch (error) {
      fail(String(error))
    }
  }

  #logFailure = (error: unknown): void => this.#context.log.warn(`no new version: ${String(error)}`)
}
