import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'

/** How a program receives signals: from the system, or as a message from its parent. */
export type SignalWay = 'system' | 'message'

/** On Windows every signal ends a program without running its handlers. */
export const usualWay: SignalWay = process.platform === 'win32' ? 'message' : 'system'

type Piped = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable }

export interface SignalledChild {
  readonly child: Piped
  /** Runs the program's handler of a signal, if it still runs. SIGKILL always comes from the system. */
  signal(name: NodeJS.Signals): void
}

const listener = pathToFileURL(join(import.meta.dirname, 'heard-signal.ts')).href

/** Starts a program in a Node process that handles signals, also on systems without them. */
export function spawnSignalled(
  args: readonly string[],
  options: Pick<SpawnOptions, 'env' | 'cwd'>,
  way: SignalWay = usualWay,
): SignalledChild {
  if (way === 'system') {
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    return { child, signal: (name) => void child.kill(name) }
  }
  const child = spawn(process.execPath, [`--import=${listener}`, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as Piped
  return {
    child,
    signal(name) {
      if (name === 'SIGKILL') child.kill(name)
      // It may end before it receives the message; `exited` reports that.
      else if (child.connected) child.send(name, () => undefined)
    },
  }
}
