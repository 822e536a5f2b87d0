import type { Log } from '../../base/log.ts'
import { createDialogs } from '../dialogs.ts'
import type { Electron } from '../electron-api.ts'
import type { EngineApi } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'
import type { ConsoleWindows } from '../window/console-windows.ts'
import { diagnose, type SystemFacts, versionLines } from './diagnostics.ts'

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

interface ActionContext {
  readonly dataDir: string
  readonly system: SystemFacts
  readonly windows: ConsoleWindows
  texts(): Translations
  /** Null while the engine is not open. */
  api(): EngineApi | null
  readonly log: Log
}

/** Returns the program's actions. An action that fails shows an error and writes to the log. */
export function createActions(electron: Electron, context: ActionContext): ProgramActions {
  const { app, clipboard, dialog, shell } = electron
  const { dataDir, system, windows, texts, api, log } = context
  const dialogs = createDialogs(electron, () => windows.window)
  const reportFailure = (title: 'dataFolder.failed' | 'diagnostics.failed', action: Promise<void>): void =>
    void action.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      log.error(`${title}: ${reason}`)
      dialog.showErrorBox(texts().text(title), reason)
    })

  async function openFolder(): Promise<void> {
    // It resolves with the reason of a failure.
    const failure = await shell.openPath(dataDir)
    if (failure !== '') throw new Error(failure)
  }

  async function copy(): Promise<void> {
    await clipboard.writeText(await diagnose(app.getVersion(), system, api()))
  }

  async function showAbout(): Promise<void> {
    const { text } = texts()
    const [, components, machine] = versionLines(app.getVersion(), system)
    const { response } = await dialogs.ask({
      type: 'info',
      title: text('menu.about'),
      message: 'Herald',
      detail: [text('about.version', { version: app.getVersion() }), components, machine].join('\n'),
      buttons: [text('about.copy'), text('about.close')],
      defaultId: 1,
      cancelId: 1,
    })
    if (response === 0) await copy()
  }

  return {
    open: () => windows.show(),
    showScreen: (path) => windows.showScreen(path),
    newDelivery: () => windows.showScreen('/deliveries/new'),
    importClients: () => windows.showScreen('/clients/import'),
    openDataFolder: () => reportFailure('dataFolder.failed', openFolder()),
    about: () => reportFailure('diagnostics.failed', showAbout()),
    copyDiagnostics: () => reportFailure('diagnostics.failed', copy()),
    quit: () => app.quit(),
  }
}
