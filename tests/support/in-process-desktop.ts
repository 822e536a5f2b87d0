import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { implement } from '@orpc/server'
import { expect, onTestFinished, vi } from 'vitest'
import { openLogs } from '#electron/base/log.ts'
import { type DesktopSetup, runDesktop } from '#electron/desktop/program.ts'
import { type Engine, type EngineOptions, openEngine } from '#electron/engine.ts'
import { sourceJobs } from '#electron/scheduler/workers.ts'
import { type Contract, contract } from '#shared/contract/index.ts'
import type { LockState } from '#shared/contract/lock.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import { electronStandIn } from './electron-stand-in.ts'
import type { StandInFrame } from './electron-stand-in-ports.ts'
import { type Asked, optionsOf } from './electron-stand-in-system.ts'
import { eventually } from './fake-gateway.ts'
import { readableLog } from './readable-log.ts'
import { removeFolder } from './remove-folder.ts'
import { scriptedEngine } from './scripted-engine.ts'

type StandIn = ReturnType<typeof electronStandIn>

interface StartOptions {
  readonly electron?: Parameters<typeof electronStandIn>[0]
  readonly program?: Partial<DesktopSetup>
  readonly settings?: Partial<Settings>
  /** Answers the dialogs during the start, by the index of a button. */
  readonly answers?: (buttons: readonly string[]) => number
}

/** Creates a data directory that is removed after the test. */
export async function temporaryDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-desktop-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

type Setup = Pick<DesktopSetup, 'dataDir' | 'log' | 'openEngine'> & Partial<DesktopSetup>

/** Runs the desktop host in this process; resolves once it is open or has exited. `exited` resolves with its code. */
async function run(standIn: StandIn, setup: Setup): Promise<{ readonly exited: Promise<number> }> {
  const exited = new Promise<number>((resolve) => standIn.app.once('exited', resolve))
  const versions = { electron: '45.4.1', chrome: '150', node: '24' }
  await runDesktop(standIn.electron, {
    platform: 'linux',
    environment: {},
    execPath: '/opt/Herald/herald',
    argv: ['/opt/Herald/herald'],
    consoleFolder: setup.dataDir,
    preloadFile: '/out/preload/preload.cjs',
    imagesFolder: '/out/main/images',
    jobsFolder: '/out/main/jobs',
    system: { versions, platform: 'linux', release: '6.1', arch: 'x64' },
    updater: () => Promise.reject(new Error('no updates were requested')),
    stopRequested: () => new Promise(() => undefined),
    hasTrayHost: async () => true,
    ...setup,
  })
  return { exited }
}

/** Starts the desktop host over an engine that does only what the test says. */
export async function startDesktop({ electron: traits, program, settings, answers }: StartOptions = {}) {
  const dataDir = program?.dataDir ?? (await temporaryDataDir())
  const standIn = electronStandIn(traits)
  const { log, lines } = readableLog()
  if (answers !== undefined)
    standIn.electron.dialog.showMessageBox = async (...asked: unknown[]) => {
      const options = optionsOf(asked as unknown as Asked)
      standIn.questions.push(options)
      return { response: answers(options.buttons ?? []), checkboxChecked: false }
    }
  const scripted = scriptedEngine(settings)
  const lock: LockState = { hasPassphrase: false, isLocked: false, idleMinutes: null }
  const internalApi = {
    ...scripted.engine.internalApi,
    lock: { state: implement(contract).lock.state.handler(() => lock) },
  }
  const openScripted = vi.fn(
    async (_options: EngineOptions) => ({ ...scripted.engine, internalApi }) as unknown as Engine,
  )
  onTestFinished(() => standIn.app.exit(0))
  const { exited } = await run(standIn, { dataDir, log, openEngine: openScripted, ...program })
  return { ...standIn, scripted, lock, dataDir, lines, openEngine: openScripted, close: scripted.close, exited }
}

/** The content of files outside the console's folder, which no address may reach. */
export const outsideTheConsole = 'content-outside-the-console'

/** Starts the desktop host over the real engine, with its log files and a console folder. */
export async function startDesktopWithEngine(environment: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'herald-desktop-'))
  const dataDir = join(folder, 'data')
  const consoleFolder = join(folder, 'renderer')
  await mkdir(consoleFolder)
  await mkdir(join(folder, 'renderer-secret'))
  await writeFile(join(consoleFolder, 'index.html'), '<title>Herald</title>')
  await writeFile(join(folder, 'renderer-secret', 'key'), outsideTheConsole)
  await writeFile(join(folder, 'herald.db'), outsideTheConsole)

  const standIn = electronStandIn()
  const { exited } = await run(standIn, {
    openEngine: (options) => openEngine({ ...options, jobs: sourceJobs }),
    dataDir,
    environment,
    consoleFolder,
    log: openLogs(dataDir).main,
  })
  const frames: StandInFrame[] = []
  const readLog = () => readFile(join(dataDir, 'logs', 'main.log'), 'utf8')
  // The last call that the host itself makes at the start; what a test provokes comes after it.
  await eventually(async () => expect(await readLog()).toContain('lock.state'))
  return {
    ...standIn,
    dataDir,
    readLog,
    /** Returns the lines of `main.log` that were written during `act`. */
    async linesDuring(act: () => unknown): Promise<readonly string[]> {
      const before = (await readLog()).length
      await act()
      return (await readLog()).slice(before).split('\n').filter(Boolean)
    },
    /** A frame asks for a port; `received` has the answer. */
    ask(frame: StandInFrame | null): void {
      if (frame !== null) frames.push(frame)
      standIn.ipcMain.emit(portWantedChannel, { senderFrame: frame })
    },
    async close(): Promise<number> {
      for (const frame of frames) if (frame.received.length > 0) frame.port.close()
      standIn.app.quit()
      const code = await exited
      await removeFolder(folder)
      return code
    },
  }
}

/** Returns a client over a frame's port, like the console's. */
export function clientOver(frame: StandInFrame): ContractRouterClient<Contract> {
  return createORPCClient(new RPCLink({ port: frame.port }))
}
