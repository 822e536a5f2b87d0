import type { ComparedDelivery } from './compared-delivery.ts'

/** The fractions sent (0 to 1) at one time after the first result, in the order of the deliveries. */
export interface SentShareRow {
  readonly afterMs: number
  readonly shares: readonly number[]
}

/** One row for each moment at which a delivery progressed; the others keep their last value. */
export function sentShareRows(compared: readonly ComparedDelivery[]): readonly SentShareRow[] {
  const moments = [...new Set(compared.flatMap(({ sentShares }) => sentShares.map(({ afterMs }) => afterMs)))]
  const next = compared.map(() => 0)
  const shares = compared.map(() => 0)
  return moments
    .toSorted((one, other) => one - other)
    .map((afterMs) => {
      for (const [place, { sentShares }] of compared.entries()) {
        for (let point = sentShares[next[place] ?? 0]; point !== undefined && point.afterMs <= afterMs; ) {
          shares[place] = point.share
          next[place] = (next[place] ?? 0) + 1
          point = sentShares[next[place] ?? 0]
        }
      }
      return { afterMs, shares: [...shares] }
    })
}

/** Formats a duration as `mm:ss` or `h:mm:ss`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours === 0 ? parts.join(':') : `${hours}:${parts.join(':')}`
}
