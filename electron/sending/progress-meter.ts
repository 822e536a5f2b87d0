/** What moved since the last report. */
export interface Movement {
  readonly deliveryId: number
  /** Messages that got their result, per second, over the last moments. */
  readonly perSecond: number
}

const spanMs = 2_000

/** Counts results per delivery and says how fast they come. */
export interface ProgressMeter {
  /** Something of this delivery changed; `results` messages of it are done. */
  note(deliveryId: number, results: number): void
  /** The deliveries that moved since the last call, and those whose pace has just come to rest. */
  take(now: number): Movement[]
  /** Whether `take` has something to say now or soon. */
  readonly moving: boolean
}

/** `now` is a monotonic clock in milliseconds. */
export function createProgressMeter(): ProgressMeter {
  const recent = new Map<number, { at: number; results: number }[]>()
  const touched = new Map<number, number>()
  return {
    note(deliveryId, results) {
      touched.set(deliveryId, (touched.get(deliveryId) ?? 0) + results)
    },
    take(now) {
      const movements: Movement[] = []
      for (const deliveryId of new Set([...touched.keys(), ...recent.keys()])) {
        const points = (recent.get(deliveryId) ?? []).filter((point) => point.at > now - spanMs)
        const results = touched.get(deliveryId) ?? 0
        if (results > 0) points.push({ at: now, results })
        if (points.length > 0) recent.set(deliveryId, points)
        else recent.delete(deliveryId)
        const total = points.reduce((sum, point) => sum + point.results, 0)
        movements.push({ deliveryId, perSecond: Math.round((total * 1000) / spanMs) })
      }
      touched.clear()
      return movements
    },
    get moving() {
      return touched.size > 0 || recent.size > 0
    },
  }
}
