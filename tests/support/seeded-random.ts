import process from 'node:process'

/**
 * Draws from [0, 1) by a seed, which is printed: `HERALD_TEST_SEED` gives it again. The same seed draws the same numbers.
 */
export function seededRandom(purpose: string): () => number {
  const given = Number(process.env.HERALD_TEST_SEED)
  const seed = Number.isSafeInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 0xffff_fffe)
  process.stdout.write(`${purpose}: HERALD_TEST_SEED=${seed}\n`)
  let state = seed
  // The generator "mulberry32".
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
