/** Runs one asynchronous function at a time, in the order of the calls. */
export interface SerialQueue {
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** Resolves when every function passed so far has ended. */
  idle(): Promise<void>
}

/** Returns an empty queue. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(work) {
      const result = last.then(work)
      // A failure rejects for its own caller; the next one runs all the same.
      last = result.catch(() => undefined)
      return result
    },
    idle: async () => {
      await last
    },
  }
}
