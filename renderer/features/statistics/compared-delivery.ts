import type { DetailStatistics } from '#shared/contract/statistics.ts'

/** More lines than this are indistinguishable. */
export const maxCompared = 6

/** A delivery as it is compared with others. */
export interface ComparedDelivery {
  readonly id: number
  readonly name: string
  readonly messages: DetailStatistics['messages']
  /** From the first result to the last; null if there is none. */
  readonly durationMs: number | null
  readonly perSecond: number | null
  readonly failedAttempts: number
  /** The fraction of all messages sent, by time since the first result. */
  readonly sentShares: readonly { readonly afterMs: number; readonly share: number }[]
}

/** The figures of a delivery that can be compared. */
export function toComparedDelivery({ delivery, messages, errors, timeline }: DetailStatistics): ComparedDelivery {
  const firstAt = Date.parse(timeline[0]?.at ?? '')
  // A single point means that everything came within its second.
  const stepMs = timeline[1] === undefined ? 1000 : Date.parse(timeline[1].at) - firstAt
  const lastAt = Date.parse(timeline.at(-1)?.at ?? '')
  const durationMs = Number.isNaN(lastAt) ? null : lastAt - firstAt + stepMs
  let sent = 0
  const sentShares = [{ afterMs: 0, share: 0 }]
  for (const point of timeline) {
    sent += point.sent
    sentShares.push({
      afterMs: Date.parse(point.at) - firstAt + stepMs,
      share: messages.total === 0 ? 0 : sent / messages.total,
    })
  }
  return {
    id: delivery.id,
    name: delivery.name,
    messages,
    durationMs,
    perSecond: durationMs === null ? null : messages.byStatus.sent / (durationMs / 1000),
    failedAttempts: errors.reduce((sum, { count }) => sum + count, 0),
    sentShares,
  }
}

/** One accent and greys would look alike: each line has its own dashes and colour. */
const lineStyles = [
  { color: 'var(--mantine-primary-color-filled)' },
  { color: 'var(--status-warning)', strokeDasharray: '6 3' },
  { color: 'var(--status-odd)', strokeDasharray: '2 3' },
  { color: 'var(--status-good)', strokeDasharray: '10 3 2 3' },
  { color: 'var(--status-bad)', strokeDasharray: '12 4' },
  { color: 'var(--status-neutral)', strokeDasharray: '1 4' },
] as const

/** The style of a delivery's line, by its position. */
export function lineStyleOf(place: number): { readonly color: string; readonly strokeDasharray?: string } {
  return lineStyles[place % lineStyles.length] ?? lineStyles[0]
}
