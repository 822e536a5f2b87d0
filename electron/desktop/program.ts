import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { App, Dialog, Protocol, Session } from 'electron'
import { type Engine, EngineOpenError, type EngineOptions } from '../engine.ts'
import type { Log } from '../log.ts'
import { DataDirectoryError, makeDataDirectory } from '../make-data-directory.ts'
import { handOutApiPorts, type PortParts } from './api-port.ts'
import { ownConsoleUrl } from './console-address.ts'
import { registerConsoleScheme, serveConsole } from './console-protocol.ts'
import { type MenuParts, setMenu } from './menu.ts'
import {
  denyNetwork,
  denyPermissions,
  type GuardParts,
  guardNavigation,
  type NetworkSession,
} from './navigation-guard.ts'
import { type Keyring, keyringSecretBox } from './secret-box.ts'
import { closeDeadlineMs, closeEngineBeforeQuit, type ShutdownParts } from './shutdown.ts'
import { claimSingleInstance, type InstanceParts } from './single-instance.ts'
import { bringForward, type ConsoleWindow, openWindow, type WindowParts } from './window.ts'

/** All of Electron that the program uses: a wrong idea of any of it does not compile in `main.ts`. */
export type DesktopElectron = GuardParts &
  InstanceParts &
  MenuParts &
  PortParts &
  ShutdownParts &
  WindowParts & {
    readonly app: Pick<App, 'enableSandbox' | 'isPackaged' | 'quit' | 'setPath' | 'whenReady'> & {
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

export interface Program {
  readonly openEngine: (options: EngineOptions) => Promise<Engine>
  readonly platform: NodeJS.Platform
  readonly dataDir: string
  readonly environment: NodeJS.ProcessEnv
  /** Where the built console, the built preload and the built worker entries stand. */
  readonly consoleFolder: string
  readonly preloadFile: string
  readonly jobsFolder: string
  readonly log: Log
}

/**
 * Runs the desktop app; resolves once it stands, or has said why it cannot. Must be called before Electron is ready,
 * and not awaited by the entry file: Electron becomes ready only when that file is done.
 */
export async function runProgram(electron: DesktopElectron, program: Program): Promise<void> {
  try {
    await start(electron, program)
  } catch (error) {
    endWithReason(electron, error, program.log)
  }
}

async function start(electron: DesktopElectron, program: Program): Promise<void> {
  const { app } = electron
  const { log } = program
  keepBrowserFilesApart(app, program.dataDir)
  const windows = consoleWindows(electron, program)
  if (!claimSingleInstance(electron, windows.show)) return

  app.enableSandbox()
  registerConsoleScheme(electron.protocol)
  guardNavigation(electron, windows.consoleUrl, log)
  await app.whenReady()

  denyPermissions(electron.session.defaultSession, log)
  denyNetwork(electron.session.defaultSession, windows.consoleUrl, log)
  serveConsole(electron.protocol, program.consoleFolder, log)
  setMenu(electron, program.platform, !app.isPackaged)

  const engine = program.openEngine(engineOptions(electron, program))
  closeEngineBeforeQuit(electron, {
    hideWindows: windows.hide,
    closeEngine: async () => (await engine).close(),
    deadlineMs: closeDeadlineMs,
    log,
  })
  handOutApiPorts(
    electron,
    engine.then(({ api }) => api),
    windows.consoleUrl,
    log,
  )
  app.on('activate', windows.show)
  app.on('window-all-closed', () => {
    // On macOS a program lives on without a window, and goes on sending.
    if (program.platform !== 'darwin') app.quit()
  })
  // The window loads while the store opens; the console's first calls wait in its port.
  windows.show()
  await engine
}

/** Chromium's own files stand in a folder beside the store; each data directory thereby has its own single instance. */
function keepBrowserFilesApart(app: Pick<App, 'setPath'>, dataDir: string): void {
  const folder = join(dataDir, 'browser')
  makeDataDirectory(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
}

function engineOptions(electron: DesktopElectron, { dataDir, environment, jobsFolder }: Program): EngineOptions {
  return {
    dataDir,
    door: 'desktop',
    environment: { gatewayUrl: environment.HERALD_GATEWAY_URL, gatewayToken: environment.HERALD_GATEWAY_TOKEN },
    secrets: keyringSecretBox(electron.safeStorage),
    jobs: { root: jobsFolder, extension: 'js' },
  }
}

/** The one window of the console: opened when it is wanted, brought forward when it is there. */
function consoleWindows(electron: DesktopElectron, { preloadFile, environment, log }: Program) {
  const developerTools = !electron.app.isPackaged
  const consoleUrl = (developerTools ? environment.ELECTRON_RENDERER_URL : undefined) ?? ownConsoleUrl
  let window: ConsoleWindow | null = null
  return {
    consoleUrl,
    show: () => {
      if (window !== null) return bringForward(window)
      window = openWindow(electron, { preloadFile, consoleUrl, developerTools }, log)
      window.on('closed', () => {
        window = null
      })
    },
    hide: () => window?.hide(),
  }
}

function endWithReason(electron: DesktopElectron, error: unknown, log: Log): void {
  const reason = error instanceof Error ? error.message : String(error)
  // Something expected explains itself; of anything else the log keeps the whole story.
  const story = error instanceof Error && !(error instanceof EngineOpenError) ? error.stack : reason
  // The log stands in the data directory, which is of no use then.
  if (!(error instanceof DataDirectoryError)) log.error(`the program did not start: ${story}`)
  electron.dialog.showErrorBox('Herald', reason)
  electron.app.exit(1)
}
