/** A delivery that changed since the last report. */
export interface Movement {
  readonly deliveryId: number
  /** Messages that got their result, per second, over the last two seconds. */
  readonly perSecond: number
}

/** Reports what changed, four times a second while anything does, and one last time when it has come to rest. */
export interface Progress {
  /** This delivery changed; `results` more of its messages have their result. */
  add(deliveryId: number, results: number): void
  close(): void
}

const intervalMs = 250

export function createProgress(report: (movements: readonly Movement[]) => void): Progress {
  const meter = createProgressMeter()
  let timer: NodeJS.Timeout | undefined

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      report(meter.take(performance.now()))
      if (meter.isMoving) schedule()
    }, intervalMs)
  }

  return {
    add(deliveryId, results) {
      meter.add(deliveryId, results)
      schedule()
    },
    close: () => clearTimeout(timer),
  }
}

const spanMs = 2_000

/** Counts results per delivery and measures their rate. */
export interface ProgressMeter {
  add(deliveryId: number, results: number): void
  /** Returns the deliveries that changed since the last call, and those whose rate has just dropped to zero. */
  take(now: number): Movement[]
  /** Whether `take` has something to return now or soon. */
  readonly isMoving: boolean
}

/** `now` is a monotonic clock in milliseconds. */
export function createProgressMeter(): ProgressMeter {
  const recent = new Map<number, { at: number; results: number }[]>()
  const changed = new Map<number, number>()
  return {
    add(deliveryId, results) {
      changed.set(deliveryId, (changed.get(deliveryId) ?? 0) + results)
    },
    take(now) {
      const movements: Movement[] = []
      for (const deliveryId of new Set([...changed.keys(), ...recent.keys()])) {
        const points = (recent.get(deliveryId) ?? []).filter((point) => point.at > now - spanMs)
        const results = changed.get(deliveryId) ?? 0
        if (results > 0) points.push({ at: now, results })
        if (points.length > 0) recent.set(deliveryId, points)
        else recent.delete(deliveryId)
        const total = points.reduce((sum, point) => sum + point.results, 0)
        movements.push({ deliveryId, perSecond: Math.round((total * 1000) / spanMs) })
      }
      changed.clear()
      return movements
    },
    get isMoving() {
      return changed.size > 0 || recent.size > 0
    },
  }
}
