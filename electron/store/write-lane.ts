/** Runs one piece of work at a time, in the order of asking: SQLite has one writer, and waiters must not hold threads. */
export interface WriteLane {
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** Settles when everything asked for so far is done. */
  idle(): Promise<void>
}

/** A lane with nothing in it. */
export function createWriteLane(): WriteLane {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(work) {
      const result = last.then(work)
      // The next in the lane does not care how this one ended; its own caller hears of it.
      last = result.catch(() => undefined)
      return result
    },
    idle: async () => {
      await last
    },
  }
}
