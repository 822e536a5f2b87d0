import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { implement } from '@orpc/server'
import { onTestFinished, vi } from 'vitest'
import { type Program, runProgram } from '#electron/desktop/program.ts'
import type { Engine, EngineOptions } from '#electron/engine.ts'
import { contract } from '#shared/contract/index.ts'
import type { LockState } from '#shared/contract/lock.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { toldEngine } from './desktop-engine.ts'
import { electronStandIn, readableLog } from './electron-stand-in.ts'
import { type Asked, optionsOf } from './electron-stand-in-system.ts'
import { removeFolder } from './remove-folder.ts'

interface Wishes {
  readonly electron?: Parameters<typeof electronStandIn>[0]
  readonly program?: Partial<Program>
  readonly settings?: Partial<Settings>
  /** Answers what the program asks while it starts, by the place of a button. */
  readonly answers?: (buttons: readonly string[]) => number
}

/** A data directory that is gone when the test is over. */
export async function temporaryDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-desktop-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

/** The desktop app, started in a stand-in for Electron over an engine that does only what the test says. */
export async function startDesktop({ electron: traits, program, settings, answers }: Wishes = {}) {
  const dataDir = program?.dataDir ?? (await temporaryDataDir())
  const standIn = electronStandIn(traits)
  const { log, lines } = readableLog()
  if (answers !== undefined)
    standIn.electron.dialog.showMessageBox = async (...asked: Asked) => {
      const options = optionsOf(asked)
      standIn.questions.push(options)
      return { response: answers(options.buttons ?? []), checkboxChecked: false }
    }
  const told = toldEngine(settings)
  const lock: LockState = { hasPassphrase: false, isLocked: false, idleMinutes: null }
  const own = { ...told.engine.own, lock: { state: implement(contract).lock.state.handler(() => lock) } }
  const openEngine = vi.fn(async (_options: EngineOptions) => ({ ...told.engine, own }) as unknown as Engine)
  const exited = new Promise<number>((resolve) => standIn.app.once('exited', resolve))
  onTestFinished(() => standIn.app.exit(0))
  await runProgram(standIn.electron, {
    openEngine,
    platform: 'linux',
    dataDir,
    environment: {},
    execPath: '/opt/Herald/herald',
    argv: ['/opt/Herald/herald'],
    consoleFolder: dataDir,
    preloadFile: '/out/preload/preload.cjs',
    jobsFolder: '/out/main/jobs',
    system: {
      versions: { electron: '45.4.1', chrome: '150', node: '24' },
      platform: 'linux',
      release: '6.1',
      arch: 'x64',
    },
    updater: async () => {
      throw new Error('nobody asked for updates')
    },
    stopWanted: () => new Promise(() => undefined),
    hasTrayHost: async () => true,
    log,
    ...program,
  })
  return { ...standIn, told, lock, dataDir, lines, openEngine, close: told.close, exited }
}
