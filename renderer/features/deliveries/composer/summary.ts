import type { TFunction } from 'i18next'
import type { Reach } from '#shared/contract/deliveries.ts'
import type { Format } from '../../../components/format.ts'
import { type ComposerValues, type Schedule, windowOf } from './composer-values.ts'
import { describeMoments, reachLevelOf } from './reach-text.ts'

interface SummaryFacts {
  readonly values: ComposerValues
  readonly schedule: Schedule
  readonly clients: number
  /** Clients that the filter selects but that have opted out. */
  readonly optedOut: number
  /** The gateway's limit for all deliveries together, in messages per second; null without a limit. */
  readonly gatewayRate: number | null
  /** How many clients the hours reach; null without hours, and until it is known. */
  readonly reach: Reach | null
  /** Whether the delivery has started, so that only the rest can change. */
  readonly hasStarted: boolean
}

/** How many messages fit between start and end at a limited rate; null without a limit. */
export function capacityOf(ratePerSecond: number | '', schedule: Schedule): number | null {
  if (ratePerSecond === '') return null
  return Math.max(0, Math.floor(((schedule.endsAt.getTime() - schedule.startsAt.getTime()) / 1000) * ratePerSecond))
}

/** What will happen, as sentences. */
export function summarize(facts: SummaryFacts, t: TFunction<'deliveries'>, format: Format): string[] {
  const { values, schedule, clients, optedOut, gatewayRate, reach, hasStarted } = facts
  const sentences: string[] = []
  const reached = reach === null ? null : reachLevelOf(reach)
  // Clients excluded by the hours are reported separately.
  const count = reach === null ? clients : reach.clients - reach.unreachable
  if (hasStarted) sentences.push(t('composer.summary.begun'))
  else if (clients === 0) return [t('composer.summary.nobody')]
  else if (reached !== 'nobody') {
    sentences.push(
      values.start === 'now'
        ? t('composer.summary.nowPeople', { count })
        : t('composer.summary.laterPeople', { count, start: format.moment(schedule.startsAt) }),
    )
  }
  sentences.push(t('composer.summary.until', { end: format.moment(schedule.endsAt) }))
  const window = windowOf(values)
  if (window !== null) {
    const key = window.from > window.to ? 'composer.summary.windowMidnight' : 'composer.summary.window'
    sentences.push(t(key, { from: window.from, to: window.to }))
    const moments = reach === null || reached !== 'everybody' ? null : describeMoments(reach, t, format)
    if (moments !== null) sentences.push(t('composer.reach.everybody'), moments)
  }
  if (hasStarted || reached === 'nobody') return sentences
  const rate = values.ratePerSecond
  if (gatewayRate !== null && (rate === '' || gatewayRate < rate)) {
    const duration = format.duration(Math.ceil(count / gatewayRate) * 1000)
    sentences.push(t('composer.summary.gatewayRate', { count: gatewayRate, duration }))
  } else if (rate !== '') {
    sentences.push(
      t('composer.summary.rate', { count: rate, duration: format.duration(Math.ceil(count / rate) * 1000) }),
    )
  }
  if (optedOut > 0) sentences.push(t('composer.summary.optedOut', { count: optedOut }))
  return sentences
}
