/** Lets `work` run for one key at once and then at most once in `intervalMs`; a call in between runs when that is over. */
export function throttle<Key>(intervalMs: number, work: (key: Key) => void): (key: Key) => void {
  const waiting = new Map<Key, 'resting' | 'wanted'>()

  function run(key: Key): void {
    waiting.set(key, 'resting')
    work(key)
    setTimeout(() => {
      const wanted = waiting.get(key) === 'wanted'
      waiting.delete(key)
      if (wanted) run(key)
    }, intervalMs)
  }

  return (key) => {
    if (waiting.has(key)) waiting.set(key, 'wanted')
    else run(key)
  }
}
