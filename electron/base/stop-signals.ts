const forceAfterMs = 10_000
/** Under npm, Ctrl-C arrives twice: from the terminal and from npm. */
const sameRequestMs = 500
const checkEveryMs = 250

/**
 * Resolves when the program is asked to stop. A second request, or ten seconds without an end, kills the process. The store
 * survives that as it survives a power cut.
 */
export function whenAskedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let askedAt: number | undefined
  const ask = (): void => {
    const now = performance.now()
    if (askedAt === undefined) {
      askedAt = now
      setTimeout(killProcess, forceAfterMs).unref()
      resolve()
    } else if (now - askedAt > sameRequestMs) killProcess()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(ask)
  return promise
}

/** npm's shell dies of SIGTERM without forwarding it, so the loss of the parent process counts as a request to stop. */
function whenOrphaned(onOrphaned: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onOrphaned()
  }, checkEveryMs).unref()
}

/** `process.exit` would wait for the store's threads. */
function killProcess(): void {
  process.kill(process.pid, 'SIGKILL')
}
