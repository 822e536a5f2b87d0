import process from 'node:process'

/** Returns a generator of numbers in [0, 1) that depend only on the seed: "mulberry32". */
export function drawsFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Returns a generator with a new seed, which is printed; `HERALD_TEST_SEED` repeats a run. */
export function announcedRandom(purpose: string): () => number {
  const given = Number(process.env.HERALD_TEST_SEED)
  const seed = Number.isSafeInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 0xffff_fffe)
  process.stdout.write(`${purpose}: HERALD_TEST_SEED=${seed}\n`)
  return drawsFrom(seed)
}

/** Returns choices that depend only on the seed, so that a failure can be reproduced. */
export function seededRandom(seed: number) {
  const next = drawsFrom(seed)
  return {
    chance: (share: number) => next() < share,
    someOf: (values: readonly string[], share: number) => values.filter(() => next() < share),
    oneOf: (values: readonly string[]) => values[Math.floor(next() * values.length)] ?? '',
    /** Returns an integer from `min` to `max`. */
    between: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
  }
}
