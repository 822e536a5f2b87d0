import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { openLogs } from '#electron/base/log.ts'
import { runProgram } from '#electron/desktop/program.ts'
import { openEngine } from '#electron/engine.ts'
import { sourceJobs } from '#electron/scheduler/workers.ts'
import type { Contract } from '#shared/contract/index.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import { electronStandIn } from './electron-stand-in.ts'
import type { StandInFrame } from './electron-stand-in-ports.ts'
import { removeFolder } from './remove-folder.ts'

/** What stands in a file beside the console's folder, where no address may lead. */
export const besideTheConsole = 'words-beside-the-console'

/** The whole desktop program, engine and log files included, over the stand-in for Electron. */
export async function startDesktopProgram(environment: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'herald-desktop-'))
  const dataDir = join(folder, 'data')
  const consoleFolder = join(folder, 'renderer')
  await mkdir(consoleFolder)
  await mkdir(join(folder, 'renderer-secret'))
  await writeFile(join(consoleFolder, 'index.html'), '<title>Herald</title>')
  await writeFile(join(folder, 'renderer-secret', 'key'), besideTheConsole)
  await writeFile(join(folder, 'herald.db'), besideTheConsole)

  const standIn = electronStandIn()
  const exited = new Promise<number>((resolve) => standIn.app.once('exited', resolve))
  await runProgram(standIn.electron, {
    openEngine: (options) => openEngine({ ...options, jobs: sourceJobs }),
    platform: 'linux',
    execPath: '/opt/Herald/herald',
    argv: ['/opt/Herald/herald'],
    system: { versions: { electron: '45', chrome: '150', node: '24' }, platform: 'linux', release: '6.1', arch: 'x64' },
    updater: async () => {
      throw new Error('nobody asked for updates')
    },
    stopWanted: () => new Promise(() => undefined),
    hasTrayHost: async () => true,
    dataDir,
    environment,
    consoleFolder,
    preloadFile: '/out/preload/preload.cjs',
    jobsFolder: '/out/main/jobs',
    log: openLogs(dataDir).main,
  })
  const frames: StandInFrame[] = []
  const readLog = () => readFile(join(dataDir, 'logs', 'main.log'), 'utf8')
  // The program itself asks its engine how sending stands; what a test provokes comes after that.
  for (let length = -1; length !== (await readLog()).length; ) {
    length = (await readLog()).length
    await new Promise((resolve) => setTimeout(resolve, 300))
  }

  return {
    ...standIn,
    dataDir,
    readLog,
    /** The lines of `main.log` that came while something was done. */
    async linesDuring(act: () => unknown): Promise<readonly string[]> {
      const before = (await readLog()).length
      await act()
      return (await readLog()).slice(before).split('\n').filter(Boolean)
    },
    /** A frame asks for a port; what it was given stands in `received`. */
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

/** A client over a frame's port, as the console has it. */
export function clientOver(frame: StandInFrame): ContractRouterClient<Contract> {
  return createORPCClient(new RPCLink({ port: frame.port }))
}
