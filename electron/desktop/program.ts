import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { App, CommandLine, Dialog, Protocol, Session } from 'electron'
import { keyFileBox } from '../base/key-file.ts'
import type { Log } from '../base/log.ts'
import { DataDirectoryError, makeDataDirectory } from '../base/make-data-directory.ts'
import { type Engine, EngineOpenError, type EngineOptions } from '../engine.ts'
import { handOutApiPorts, type PortParts } from './console/api-port.ts'
import { ownConsoleUrl } from './console/console-address.ts'
import { registerConsoleScheme, serveConsole } from './console/console-protocol.ts'
import { createLife, type LifeParts } from './controller.ts'
import { type ActionParts, createActions } from './menu/actions.ts'
import type { SystemFacts } from './menu/diagnostics.ts'
import { createStartAnew, type RestartParts, type StartAnew } from './quit/restart.ts'
import { closeDeadlineMs, closeEngineBeforeQuit, type ShutdownParts } from './quit/shutdown.ts'
import { type Keyring, keyringSecretBox } from './security/keyring.ts'
import {
  denyNetwork,
  denyPermissions,
  type GuardParts,
  guardNavigation,
  type NetworkSession,
} from './security/navigation-guard.ts'
import { isDirectoryChosen, isHiddenStart, type Launch } from './startup/login-start.ts'
import { portableFile } from './startup/packaging.ts'
import { claimSingleInstance, type InstanceParts } from './startup/single-instance.ts'
import { offerRepair } from './startup/store-repair.ts'
import { type DisplayParts, openDisplay } from './status-surfaces.ts'
import { chooseWords, wordsOf } from './translations.ts'
import { trayHostComes } from './tray/tray-host.ts'
import type { Updater } from './updates/updates.ts'
import { consoleWindows } from './window/console-windows.ts'
import type { WindowParts, WindowSettings } from './window/window.ts'

/** All of Electron that the program uses: a wrong idea of any of it does not compile in `main.ts`. */
export type DesktopElectron = ActionParts &
  DisplayParts &
  GuardParts &
  InstanceParts &
  LifeParts &
  PortParts &
  RestartParts &
  ShutdownParts &
  WindowParts & {
    readonly app: Pick<App, 'enableSandbox' | 'isPackaged' | 'quit' | 'setAppUserModelId' | 'setPath' | 'whenReady'> & {
      readonly commandLine: Pick<CommandLine, 'hasSwitch'>
      on(event: 'window-all-closed' | 'activate', listener: () => void): unknown
    }
    readonly dialog: Pick<Dialog, 'showErrorBox'>
    readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>
    readonly safeStorage: Keyring
    readonly session: {
      readonly defaultSession: NetworkSession &
        Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>
    }
  }

export interface Program extends Launch {
  readonly openEngine: (options: EngineOptions) => Promise<Engine>
  readonly dataDir: string
  /** Where the built console, the built preload and the built worker entries stand. */
  readonly consoleFolder: string
  readonly preloadFile: string
  readonly jobsFolder: string
  /**
   * Listens from then on; resolves when somebody outside, such as a terminal, asks the program to stop. Called once Electron is ready,
   * which sets signal handlers of its own just before, in place of any that are there.
   */
  readonly stopWanted: () => Promise<void>
  /** Whether a hidden window can be called back from the tray at this moment. */
  readonly hasTrayHost: () => Promise<boolean>
  readonly system: SystemFacts
  readonly updater: () => Promise<Updater>
  readonly log: Log
}

/** The `appId` of electron-builder.yml. */
const appId = 'app.herald.desktop'

/**
 * Runs the desktop app; resolves once it stands, or has said why it cannot. Must be called before Electron is ready,
 * and not awaited by the entry file: Electron becomes ready only when that file is done.
 */
export async function runProgram(electron: DesktopElectron, program: Program): Promise<void> {
  const startAnew = createStartAnew(electron, program)
  try {
    await start(electron, program, startAnew)
  } catch (error) {
    await endWithReason(electron, error, program, startAnew)
  }
}

async function start(electron: DesktopElectron, program: Program, startAnew: StartAnew): Promise<void> {
  const { app } = electron
  const { log } = program
  const settings = windowSettings(app.isPackaged, program)
  const isInstalled = app.isPackaged && portableFile(program) === undefined
  const windows = consoleWindows(
    electron,
    settings,
    { onOpened: (window) => life.onOpened(window), onClose: (event) => life.onClose(event) },
    log,
  )
  keepBrowserFilesApart(app, program.dataDir)
  let isEnding = false
  let closing: Promise<void> | null = null
  /** Who wants to see the program while it ends has it again once it has ended; an installer starts it by itself. */
  const comeForward = (): void => {
    if (isEnding) startAnew()
    else if (closing === null) windows.show()
  }
  if (!claimSingleInstance(electron, comeForward)) return

  app.enableSandbox()
  // Windows tells notifications of a program by the name that its installer gave to it.
  if (program.platform === 'win32' && isInstalled) app.setAppUserModelId(appId)
  registerConsoleScheme(electron.protocol)
  guardNavigation(electron, settings.consoleUrl, log)
  await app.whenReady()

  if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox'))
    log.warn('the pages of the console run without the sandbox of the system: docs/SECURITY.md says what that means')
  denyPermissions(electron.session.defaultSession, settings.consoleUrl, log)
  denyNetwork(electron.session.defaultSession, settings, log)
  serveConsole(electron.protocol, program.consoleFolder, log)
  const words = () => life.words
  const actions = createActions(electron, { ...program, windows, words, api: () => life.api })
  const { developerTools } = settings
  const display = openDisplay(electron, { ...program, isInstalled, developerTools, windows, actions })
  const life = createLife(electron, { ...program, isInstalled, windows, display, closeEngine, startAnew })
  const engine = program.openEngine(
    engineOptions(electron, program, () => {
      startAnew()
      life.leaving.quitAtOnce()
    }),
  )
  /** Once, whoever asks: before an update the engine is closed already when the program quits. */
  function closeEngine(): Promise<void> {
    closing ??= engine.then(async (opened) => {
      await life.part()
      await opened.close()
    })
    return closing
  }
  // Whoever opens it says why it did not open; an empty window beside that says nothing, and to close it would end the question.
  let hasFailed = false
  engine.catch(() => {
    hasFailed = true
    windows.hide()
  })
  /** A program that was started into the tray is in reach as a window where nobody shows one; unless it is by now, or is no more. */
  const showUnseen = (isTrayShown: boolean): void => {
    if (!isTrayShown && !hasFailed && closing === null && windows.window === null) windows.show()
  }
  closeEngineBeforeQuit(electron, {
    mayQuit: life.leaving.mayQuit,
    hideWindows() {
      isEnding = true
      windows.hide()
    },
    closeEngine,
    deadlineMs: closeDeadlineMs,
    log,
  })
  void program.stopWanted().then(life.leaving.quitAtOnce)
  handOutApiPorts(
    electron,
    engine.then(({ api }) => api),
    settings.consoleUrl,
    log,
  )
  app.on('activate', comeForward)
  app.on('window-all-closed', () => {
    // On macOS a program lives on without a window, and goes on sending.
    if (program.platform !== 'darwin') app.quit()
  })
  // The window loads while the store opens; the console's first calls wait in its port.
  if (!isHiddenStart(electron, program)) windows.show()
  else if (program.platform === 'linux') void trayHostComes(display.isTrayShown).then(showUnseen)
  // Windows tells the end of a session to windows alone.
  else if (program.platform === 'win32') windows.prepare()
  const { own, wake } = await engine
  life.join({ api: createRouterClient(own), wake })
}

/** Chromium's own files stand in a folder beside the store; each data directory thereby has its own single instance. */
function keepBrowserFilesApart(app: Pick<App, 'setPath'>, dataDir: string): void {
  const folder = browserFolder(dataDir)
  makeDataDirectory(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
}

function browserFolder(dataDir: string): string {
  return join(dataDir, 'browser')
}

function engineOptions(
  electron: DesktopElectron,
  { platform, dataDir, environment, jobsFolder, argv }: Program,
  onRestart: () => void,
): EngineOptions {
  return {
    dataDir,
    dataDirFromEnvironment: isDirectoryChosen({ environment }),
    isPortable: portableFile({ environment }) !== undefined,
    host: 'desktop',
    environment: { gatewayUrl: environment.HERALD_GATEWAY_URL, gatewayToken: environment.HERALD_GATEWAY_TOKEN },
    secrets: keyringSecretBox(electron.safeStorage, platform, () => keyFileBox(dataDir)),
    jobs: { root: jobsFolder, extension: 'js' },
    forgetPassphrase: argv.includes('--forget-passphrase'),
    onRestart,
  }
}

function windowSettings(isPackaged: boolean, { platform, preloadFile, dataDir, environment }: Program): WindowSettings {
  const developerTools = !isPackaged
  const consoleUrl = (developerTools ? environment.ELECTRON_RENDERER_URL : undefined) ?? ownConsoleUrl
  const placeFile = join(browserFolder(dataDir), 'window.json')
  return { platform, preloadFile, consoleUrl, developerTools, placeFile }
}

async function endWithReason(
  electron: DesktopElectron,
  error: unknown,
  { log }: Program,
  startAnew: StartAnew,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  // Something expected explains itself; of anything else the log keeps the whole story.
  const story = error instanceof Error && !(error instanceof EngineOpenError) ? error.stack : reason
  // The log stands in the data directory, which is of no use then.
  if (!(error instanceof DataDirectoryError)) log.error(`the program did not start: ${story}`)
  if (error instanceof EngineOpenError && error.damage !== null) {
    const words = wordsOf(chooseWords('system', electron.app.getPreferredSystemLanguages()))
    await offerRepair(electron, error.damage, words, startAnew)
  } else electron.dialog.showErrorBox('Herald', reason)
  electron.app.exit(1)
}
