import type { App, Clipboard, Dialog, Shell } from 'electron'
import type { Log } from '../../base/log.ts'
import { askOver, type WindowAskingPart } from '../dialogs.ts'
import type { EngineApi } from '../sending-watch.ts'
import type { Words } from '../translations.ts'
import type { ConsoleWindows } from '../window/console-windows.ts'
import { diagnose, type SystemFacts, versionLines } from './diagnostics.ts'

export interface ActionParts extends WindowAskingPart {
  readonly app: Pick<App, 'getVersion' | 'quit'>
  readonly clipboard: Pick<Clipboard, 'writeText'>
  readonly dialog: WindowAskingPart['dialog'] & Pick<Dialog, 'showErrorBox'>
  readonly shell: Pick<Shell, 'openPath'>
}

/** What the menus and the tray can do. */
export interface ProgramActions {
  open(): void
  showScreen(path: string): void
  newDelivery(): void
  importClients(): void
  openDataFolder(): void
  about(): void
  copyDiagnostics(): void
  quit(): void
}

interface Stage {
  readonly dataDir: string
  readonly system: SystemFacts
  readonly windows: ConsoleWindows
  words(): Words
  /** Null while the engine is not open. */
  api(): EngineApi | null
  readonly log: Log
}

/** The actions of the program; one that fails says so to the operator and in the log. */
export function createActions(
  { app, clipboard, dialog, shell }: ActionParts,
  { dataDir, system, windows, words, api, log }: Stage,
): ProgramActions {
  const asking = askOver({ dialog }, () => windows.window)
  const orSay = (title: 'dataFolder.failed' | 'diagnostics.failed', doing: Promise<void>): void =>
    void doing.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      log.error(`${title}: ${reason}`)
      dialog.showErrorBox(words().say(title), reason)
    })

  async function openFolder(): Promise<void> {
    // It tells of a failure by its answer.
    const failure = await shell.openPath(dataDir)
    if (failure !== '') throw new Error(failure)
  }

  async function copy(): Promise<void> {
    await clipboard.writeText(await diagnose(app.getVersion(), system, api()))
  }

  async function tellAbout(): Promise<void> {
    const { say } = words()
    const [, parts, machine] = versionLines(app.getVersion(), system)
    const { response } = await asking.dialog.showMessageBox({
      type: 'info',
      title: say('menu.about'),
      message: 'Herald',
      detail: [say('about.version', { version: app.getVersion() }), parts, machine].join('\n'),
      buttons: [say('about.copy'), say('about.close')],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    if (response === 0) await copy()
  }

  return {
    open: () => windows.show(),
    showScreen: (path) => windows.showScreen(path),
    newDelivery: () => windows.showScreen('/deliveries/new'),
    importClients: () => windows.showScreen('/clients/import'),
    openDataFolder: () => orSay('dataFolder.failed', openFolder()),
    about: () => orSay('diagnostics.failed', tellAbout()),
    copyDiagnostics: () => orSay('diagnostics.failed', copy()),
    quit: () => app.quit(),
  }
}
