import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { App } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { keyFileBox } from '../base/key-file.ts'
import type { Log } from '../base/log.ts'
import { DataDirectoryError, makeDataDirectory } from '../base/make-data-directory.ts'
import { type Engine, EngineOpenError, type EngineOptions } from '../engine.ts'
import { ownConsoleUrl } from './console/addresses.ts'
import { handOutApiPorts } from './console/api-port.ts'
import { registerConsoleHandler, registerConsoleScheme } from './console/console-protocol.ts'
import { DesktopController } from './controller.ts'
import { createDialogs } from './dialogs.ts'
import type { Electron } from './electron-api.ts'
import { createActions } from './menu/actions.ts'
import type { SystemFacts } from './menu/diagnostics.ts'
import { createRestart, type Restart } from './quit/restart.ts'
import { closeDeadlineMs, closeEngineBeforeQuit } from './quit/shutdown.ts'
import { keyringSecretBox } from './security/keyring.ts'
import { denyNetwork, denyPermissions, guardNavigation } from './security/navigation-guard.ts'
import { isDirectoryChosen, isHiddenStart } from './startup/login-start.ts'
import { isInstalledProgram, type Launch, portableFile } from './startup/packaging.ts'
import { offerRepair } from './startup/store-repair.ts'
import { openStatusSurfaces } from './status-surfaces.ts'
import { chooseLanguage, translationsFor } from './translations.ts'
import { waitForTrayHost } from './tray/tray-host.ts'
import { consoleWindows } from './window/console-windows.ts'
import type { WindowSettings } from './window/window.ts'

/** What the entry file knows about the process, and tests replace. */
export interface DesktopSetup extends Launch {
  readonly openEngine: (options: EngineOptions) => Promise<Engine>
  readonly dataDir: string
  /** The built console, preload, images and worker entries. */
  readonly consoleFolder: string
  readonly preloadFile: string
  readonly imagesFolder: string
  readonly jobsFolder: string
  /**
   * Resolves when another process, such as a terminal, asks the program to stop. It is called once Electron is ready:
   * just before that, Electron replaces all signal handlers.
   */
  readonly stopRequested: () => Promise<void>
  /** Whether the tray can bring back a hidden window at this moment. */
  readonly hasTrayHost: () => Promise<boolean>
  readonly system: SystemFacts
  readonly updater: () => Promise<AppUpdater>
  readonly log: Log
}

/** The `appId` of electron-builder.yml. */
const appId = 'app.herald.desktop'

/**
 * Runs the desktop app. Resolves once it is open, or has reported why it cannot open. Must be called before Electron is
 * ready, and not awaited by the entry file: Electron becomes ready only when that file is done.
 */
export async function runDesktop(electron: Electron, setup: DesktopSetup): Promise<void> {
  const restart = createRestart(electron, setup)
  try {
    await start(electron, setup, restart)
  } catch (error) {
    await exitWithReason(electron, error, setup, restart)
  }
}

async function start(electron: Electron, setup: DesktopSetup, restart: Restart): Promise<void> {
  const { app } = electron
  const { log } = setup
  const settings = windowSettings(app.isPackaged, setup)
  let comeForward = (): void => undefined
  separateBrowserFiles(app, setup.dataDir)
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.on('second-instance', () => comeForward())

  app.enableSandbox()
  // Windows recognises a program's notifications by the id that its installer registered.
  if (setup.platform === 'win32' && isInstalledProgram(app, setup)) app.setAppUserModelId(appId)
  registerConsoleScheme(electron)
  guardNavigation(electron, settings.consoleUrl, log)
  await app.whenReady()

  if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox'))
    log.warn("the console's pages run without the system's sandbox: see docs/SECURITY.md")
  denyPermissions(electron.session.defaultSession, settings.consoleUrl, log)
  denyNetwork(electron.session.defaultSession, settings, log)
  registerConsoleHandler(electron, setup.consoleFolder, log)
  const desktop = openDesktop(electron, setup, settings, restart)
  comeForward = desktop.comeForward
  await desktop.opened
}

interface OpenDesktop {
  /** The user asks for the program while it is running or ending. */
  comeForward(): void
  /** Resolves once the engine is open; rejects with the reason why it did not open. */
  readonly opened: Promise<void>
}

function openDesktop(electron: Electron, setup: DesktopSetup, settings: WindowSettings, restart: Restart): OpenDesktop {
  const { log } = setup
  const isInstalled = isInstalledProgram(electron.app, setup)
  const events = {
    onOpened: (window: Electron.BrowserWindow) => controller.onOpened(window),
    onClose: (event: Electron.Event) => controller.onClose(event),
  }
  const windows = consoleWindows(electron, settings, events, log)
  const actions = createActions(electron, {
    ...setup,
    windows,
    texts: () => controller.texts,
    api: () => controller.api,
  })
  const { developerTools } = settings
  const surfaces = openStatusSurfaces(electron, { ...setup, isInstalled, developerTools, windows, actions })
  const controller = new DesktopController(electron, {
    ...setup,
    isInstalled,
    windows,
    surfaces,
    closeEngine,
    restart,
  })
  const { quitNow, mayQuit } = controller.quitGuard
  const options = engineOptions(electron, setup, () => {
    restart()
    quitNow()
  })
  const engine = setup.openEngine(options)
  let closing: Promise<void> | null = null
  /** Closes the engine once: before an update it is closed already when the program quits. */
  function closeEngine(): Promise<void> {
    closing ??= engine.then(async (opened) => {
      await controller.detach()
      await opened.close()
    })
    return closing
  }
  let isQuitting = false
  const hideWindows = (): void => {
    isQuitting = true
    windows.hide()
  }
  closeEngineBeforeQuit(electron, { mayQuit, hideWindows, closeEngine, deadlineMs: closeDeadlineMs, log })
  /** A program that is ending restarts; an installer starts the new version itself. */
  const comeForward = (): void => {
    if (isQuitting) restart()
    else if (closing === null) windows.show()
  }
  connectApp(electron, setup, { comeForward, quitNow })
  handOutApiPorts(
    electron,
    engine.then(({ api }) => api),
    settings.consoleUrl,
    log,
  )
  let hasFailed = false
  engine.catch(() => {
    // The dialog with the reason follows; closing an empty window beside it would end the program.
    hasFailed = true
    windows.hide()
  })
  const isUnreachable = (): boolean => !hasFailed && closing === null && windows.window === null
  showAtStart(electron, setup, windows, () => surfaces.isTrayShown(), isUnreachable)
  const opened = engine.then(({ internalApi, wake }) =>
    controller.attach({ api: createRouterClient(internalApi), wake }),
  )
  return { comeForward, opened }
}

function connectApp(
  { app }: Electron,
  { platform, stopRequested }: DesktopSetup,
  { comeForward, quitNow }: { comeForward(): void; quitNow(): void },
): void {
  void stopRequested().then(quitNow)
  app.on('activate', comeForward)
  app.on('window-all-closed', () => {
    // On macOS a program runs on without a window, and keeps sending.
    if (platform !== 'darwin') app.quit()
  })
}

/** Shows the window, which loads while the store opens, unless the system started the program into the tray. */
function showAtStart(
  electron: Electron,
  setup: DesktopSetup,
  windows: { show(): void; prepare(): void },
  isTrayShown: () => Promise<boolean>,
  isUnreachable: () => boolean,
): void {
  if (!isHiddenStart(electron, setup)) windows.show()
  else if (setup.platform === 'linux')
    // Without a tray, only a window makes the program reachable.
    void waitForTrayHost(isTrayShown).then((isShown) => {
      if (!isShown && isUnreachable()) windows.show()
    })
  // Windows reports the end of a session only to windows.
  else if (setup.platform === 'win32') windows.prepare()
}

/** Puts Chromium's own files next to the store, so that each data directory has its own single instance. */
function separateBrowserFiles(app: App, dataDir: string): void {
  const folder = browserFolder(dataDir)
  makeDataDirectory(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
}

function browserFolder(dataDir: string): string {
  return join(dataDir, 'browser')
}

function engineOptions(electron: Electron, setup: DesktopSetup, onRestart: () => void): EngineOptions {
  const { platform, dataDir, environment, jobsFolder, argv } = setup
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

function windowSettings(isPackaged: boolean, setup: DesktopSetup): WindowSettings {
  const { platform, preloadFile, imagesFolder, dataDir, environment } = setup
  const developerTools = !isPackaged
  const consoleUrl = (developerTools ? environment.ELECTRON_RENDERER_URL : undefined) ?? ownConsoleUrl
  const placeFile = join(browserFolder(dataDir), 'window.json')
  return { platform, preloadFile, imagesFolder, consoleUrl, developerTools, placeFile }
}

async function exitWithReason(
  electron: Electron,
  error: unknown,
  { log }: DesktopSetup,
  restart: Restart,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  // The message of an expected error is enough; for any other the log gets the stack.
  const details = error instanceof Error && !(error instanceof EngineOpenError) ? error.stack : reason
  // The log is in the data directory, which cannot be used then.
  if (!(error instanceof DataDirectoryError)) log.error(`the program did not start: ${details}`)
  if (error instanceof EngineOpenError && error.damage !== null) {
    const texts = translationsFor(chooseLanguage('system', electron.app.getPreferredSystemLanguages()))
    const dialogs = createDialogs(electron, () => null)
    await offerRepair(dialogs, error.damage, texts, restart)
  } else electron.dialog.showErrorBox('Herald', reason)
  electron.app.exit(1)
}
