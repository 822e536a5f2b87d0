const forceAfterMs = 10_000
/** Under npm, Ctrl-C arrives twice: from the terminal, and passed on by npm. */
const sameWishMs = 500
const lookEveryMs = 250

/**
 * Resolves when the program is asked to stop. Whoever asks again, or waits ten seconds, gets the end at once: the store
 * survives that, since it survives a power cut.
 */
export function whenAskedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let askedAt: number | undefined
  const ask = (): void => {
    const now = performance.now()
    if (askedAt === undefined) {
      askedAt = now
      setTimeout(endAtOnce, forceAfterMs).unref()
      resolve()
    } else if (now - askedAt > sameWishMs) endAtOnce()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(ask)
  return promise
}

/** npm passes a SIGTERM on to its shell, which dies of it without telling us: a parent that is gone is the same wish. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    act()
  }, lookEveryMs).unref()
}

/** `process.exit` would still wait for the store's threads. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
}
