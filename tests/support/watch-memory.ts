import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { onTestFinished } from 'vitest'

/** Samples the bytes in this process's buffers every few milliseconds until the test ends. */
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

/** Returns the bytes of this process's heap in use, after a garbage collection. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const sweep: unknown = runInNewContext('gc')
  if (typeof sweep === 'function') sweep()
  return process.memoryUsage().heapUsed
}
