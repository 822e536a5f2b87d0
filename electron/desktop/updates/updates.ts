import type { AppUpdater } from 'electron-updater'
import type { Log } from '../../base/log.ts'
import type { AskingPart } from '../dialogs.ts'
import type { EngineApi, Standing } from '../sending-watch.ts'
import type { Words } from '../translations.ts'

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  'allowDowngrade' | 'autoDownload' | 'autoInstallOnAppQuit' | 'checkForUpdates' | 'quitAndInstall' | 'setFeedURL'
> & {
  on(event: 'update-downloaded', listener: (told: { readonly version: string }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

interface Surroundings extends AskingPart {
  /** The version that the operator has put off, or that could not be installed: it is not offered in this run. */
  readonly declined: string | null
  /** Made at its first use: whoever asks for no updates loads nothing of it. */
  readonly updater: () => Promise<Updater>
  words(): Words
  /** Whether the operator has the window open: nobody is called to it for this. */
  isSeen(): boolean
  /** How sending stands now. */
  look(): Promise<Standing>
  /** The installer ends the program next: what it has open is closed. */
  beforeInstall(): Promise<void>
  /** The installer did not end the program, which has nothing open any more. */
  installFailed(version: string): void
  readonly log: Log
}

export interface Updates {
  /** Follows the feed that the operator chose from now on; nothing is asked of anybody while it is empty. */
  follow(feed: string, api: EngineApi): void
  /** Sending moved, or the window was opened: a new version that waits may be offered now. */
  update(standing: Standing): void
  end(): void
}

const lookEveryMs = 24 * 3_600_000
/** An installer that has not ended the program by then will not; macOS unpacks the new version meanwhile. */
const installsWithinMs = 120_000

/**
 * New versions from the feed that the operator chose, once a day. One that has come is offered when nothing is being sent, and never
 * installed by itself: installing makes a backup first, and looks once more whether something runs.
 */
export function createUpdates(surroundings: Surroundings): Updates {
  const { dialog, updater, words, look, log } = surroundings
  let feed = ''
  let engine: EngineApi | null = null
  let made: Promise<Updater> | null = null
  let waiting: string | null = null
  let { declined } = surroundings
  let isAsking = false
  let timer: NodeJS.Timeout | undefined

  async function prepare(): Promise<Updater> {
    const source = await updater()
    source.autoDownload = true
    source.autoInstallOnAppQuit = false
    source.allowDowngrade = false
    source.on('error', (error) => log.warn(`looking for a new version: ${error.message}`))
    source.on('update-downloaded', ({ version }) => {
      // It is told again at every look at the feed.
      if (version === declined) return
      waiting = version
      void offer().catch(fail)
    })
    return source
  }

  async function check(): Promise<void> {
    made ??= prepare()
    const source = await made
    source.setFeedURL({ provider: 'generic', url: feed })
    await source.checkForUpdates()
  }

  /** Closed first: what the installer starts at its end must not meet the old program still at work. */
  async function install(version: string): Promise<void> {
    let hasFailed = false
    const giveUp = (why: string): void => {
      if (hasFailed) return
      hasFailed = true
      log.error(`${version} was not installed: ${why}`)
      surroundings.installFailed(version)
    }
    const source = await made
    try {
      await surroundings.beforeInstall()
      log.info(`installing ${version}`)
      source?.on('error', (error) => giveUp(error.message))
      setTimeout(giveUp, installsWithinMs, `nothing happened within ${installsWithinMs} ms`).unref()
      source?.quitAndInstall(false, true)
    } catch (error) {
      giveUp(String(error))
    }
  }

  const isBusy = async (): Promise<boolean> => (await look()).running > 0

  /** Asks once for each version; whoever says later is asked again at the next start. */
  async function offer(): Promise<void> {
    if (waiting === null || isAsking || !surroundings.isSeen()) return
    // Looking makes others ask for this too.
    isAsking = true
    const version = waiting
    /** Nobody is asked about it again; one that came meanwhile still waits. */
    const settle = (): void => {
      if (waiting === version) waiting = null
    }
    try {
      if (await isBusy()) return
      const { say } = words()
      const { response } = await dialog.showMessageBox({
        type: 'question',
        title: 'Herald',
        message: say('update.title', { version }),
        detail: say('update.advice'),
        buttons: [say('update.install'), say('update.later')],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      if (response !== 0) {
        declined = version
        return settle()
      }
      // Something may have begun while the question stood there, or during the backup: it is asked again after that.
      if (await isBusy()) return
      await engine?.backups.make()
      if (await isBusy()) return
      settle()
      await install(version)
    } catch (error) {
      settle()
      throw error
    } finally {
      isAsking = false
    }
  }

  const fail = (error: unknown): void => log.warn(`no new version: ${String(error)}`)

  return {
    follow(wanted, api) {
      engine = api
      if (wanted === feed) return
      feed = wanted
      clearInterval(timer)
      if (feed === '') return
      const checkNow = (): void => void check().catch(fail)
      timer = setInterval(checkNow, lookEveryMs)
      timer.unref()
      checkNow()
    },
    update({ running }) {
      if (running === 0) void offer().catch(fail)
    },
    end: () => clearInterval(timer),
  }
}
