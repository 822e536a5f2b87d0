/** Runs one piece of work at a time, in the order of asking. */
export interface Lane {
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** Settles when everything asked for so far is done. */
  idle(): Promise<void>
}

/** A lane with nothing in it. */
export function createLane(): Lane {
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
