import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { onTestFinished } from 'vitest'

/** Looks every few milliseconds at how many bytes the buffers of this process hold, until the test is over. */
export function watchMemory(): { growth(): number } {
  const held = (): number => process.memoryUsage().arrayBuffers
  const before = held()
  let most = before
  const look = (): void => {
    most = Math.max(most, held())
  }
  const timer = setInterval(look, 5)
  onTestFinished(() => clearInterval(timer))
  return {
    growth() {
      look()
      return most - before
    },
  }
}

/** How many bytes of this process's heap are really in use: what nobody holds is swept away first. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const sweep: unknown = runInNewContext('gc')
  if (typeof sweep === 'function') sweep()
  return process.memoryUsage().heapUsed
}
