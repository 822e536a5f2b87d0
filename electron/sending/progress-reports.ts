import { createProgressMeter, type Movement } from './progress-meter.ts'

/** Tells what moved, at most four times a second, and once more when it has come to rest. */
export interface ProgressReports {
  /** Something of this delivery changed; `results` messages of it are done. */
  note(deliveryId: number, results: number): void
  close(): void
}

const everyMs = 250

export function createProgressReports(tell: (movements: readonly Movement[]) => void): ProgressReports {
  const meter = createProgressMeter()
  let timer: NodeJS.Timeout | undefined

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      tell(meter.take(performance.now()))
      if (meter.moving) soon()
    }, everyMs)
  }

  return {
    note(deliveryId, results) {
      meter.note(deliveryId, results)
      soon()
    },
    close: () => clearTimeout(timer),
  }
}
