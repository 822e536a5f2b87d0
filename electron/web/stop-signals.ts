const forceAfterMs = 10_000

/**
 * Resolves when the system asks the program to stop. Whoever asks twice, or waits ten seconds, gets the end at once:
 * the store survives that, since it survives a power cut.
 */
export function whenAskedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1)
      asked = true
      setTimeout(() => process.exit(1), forceAfterMs).unref()
      resolve()
    })
  }
  return promise
}
