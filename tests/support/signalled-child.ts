import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'

/** How a program hears of signals: from the system, or from its parent by name. */
export type SignalWay = 'system' | 'message'

/** Windows ends a program at each signal and asks it nothing. */
export const usualWay: SignalWay = process.platform === 'win32' ? 'message' : 'system'

type Piped = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable }

export interface SignalledChild {
  readonly child: Piped
  /** Lets the program's own handler of a signal run; nothing happens once it has ended. SIGKILL is the system's everywhere. */
  signal(name: NodeJS.Signals): void
}

const listener = pathToFileURL(join(import.meta.dirname, 'heard-signal.ts')).href

/** Starts a program in a Node of its own that answers to signals, also where the system has none. */
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
      // It may end while it is told, which its end says.
      else if (child.connected) child.send(name, () => undefined)
    },
  }
}
