import dayjs from 'dayjs'
import type { Delivery, DeliveryInput, DeliveryPatch, ReachQuery, SendingWindow } from '#shared/contract/deliveries.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'

/** A wall-clock moment in the operator's own zone, as the date picker speaks it: `YYYY-MM-DD HH:mm:ss`. */
type LocalMoment = string

/** What stands in the composer. Empty fields mean "the usual", which the summary says in words. */
export interface ComposerValues {
  readonly name: string
  readonly filter: Filter
  readonly text: string
  readonly start: 'now' | 'later'
  readonly startsAt: LocalMoment | null
  /** Null: a day after the start. */
  readonly endsAt: LocalMoment | null
  readonly limitsHours: boolean
  readonly windowFrom: string
  readonly windowTo: string
  /** Empty: as fast as the gateway takes them. */
  readonly ratePerSecond: number | ''
}

const minuteMs = 60_000
const dayMs = 24 * 60 * 60 * 1000

export const emptyComposer: ComposerValues = {
  name: '',
  filter: everybody,
  text: '',
  start: 'now',
  startsAt: null,
  endsAt: null,
  limitsHours: false,
  windowFrom: '09:00',
  windowTo: '21:00',
  ratePerSecond: '',
}

/** An instant as the date picker shows it. */
export function toLocalMoment(instant: string | Date): LocalMoment {
  return dayjs(instant).format('YYYY-MM-DD HH:mm:ss')
}

/** What the date picker shows, as an instant; null when nothing usable stands there. */
export function fromLocalMoment(moment: LocalMoment | null): Date | null {
  if (moment === null) return null
  const date = new Date(moment.replace(' ', 'T'))
  return Number.isNaN(date.getTime()) ? null : date
}

/** A delivery laid out for editing. A start that has passed unused becomes "now", and an end a day after it "the usual". */
export function composerValuesOf(delivery: Delivery, now: Date): ComposerValues {
  const startsAt = new Date(delivery.startsAt)
  const endsAt = new Date(delivery.endsAt)
  const begun = delivery.startedAt !== null
  const later = begun || startsAt > now
  const usualEnd = !begun && endsAt.getTime() - startsAt.getTime() === dayMs
  return {
    name: delivery.name,
    filter: delivery.filter,
    text: delivery.text,
    start: later ? 'later' : 'now',
    startsAt: later ? toLocalMoment(startsAt) : null,
    endsAt: usualEnd ? null : toLocalMoment(endsAt),
    limitsHours: delivery.window !== null,
    windowFrom: delivery.window?.from ?? emptyComposer.windowFrom,
    windowTo: delivery.window?.to ?? emptyComposer.windowTo,
    ratePerSecond: delivery.ratePerSecond ?? '',
  }
}

/** A delivery laid out to be written once more: whom, what and how fast stay, when is chosen anew. */
export function copyOf(delivery: Delivery, name: string, now: Date): ComposerValues {
  return { ...composerValuesOf(delivery, now), name, start: 'now', startsAt: null, endsAt: null }
}

export interface Schedule {
  readonly startsAt: Date
  readonly endsAt: Date
}

/** When sending begins and ends if the composer is confirmed at `now`; null while a moment is missing. */
export function scheduleOf(values: ComposerValues, now: Date): Schedule | null {
  const startsAt = values.start === 'now' ? now : fromLocalMoment(values.startsAt)
  if (startsAt === null) return null
  const endsAt = values.endsAt === null ? new Date(startsAt.getTime() + dayMs) : fromLocalMoment(values.endsAt)
  return endsAt === null ? null : { startsAt, endsAt }
}

/** The hours that the operator chose, or null for any hour. */
export function windowOf(values: ComposerValues): SendingWindow | null {
  return values.limitsHours ? { from: values.windowFrom, to: values.windowTo } : null
}

/** Whom the chosen hours let the delivery reach, as a question; null where there are no hours, or times that cannot be meant. */
export function reachQuestionOf(values: ComposerValues, now: Date): ReachQuery | null {
  const window = windowOf(values)
  if (window === null || window.from === '' || window.to === '' || window.from === window.to) return null
  // A start "at once" is the present minute, so that the question stays the same for as long.
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs)
  const schedule = scheduleOf(values, minute)
  if (schedule === null || schedule.endsAt <= schedule.startsAt || schedule.endsAt <= now) return null
  const { startsAt, endsAt } = schedule
  return { filter: values.filter, window, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
}

/** The composer as a new delivery. What means "the usual" is left to the engine, whose clock counts. */
export function toInput(values: ComposerValues, draft: boolean): DeliveryInput {
  const name = values.name.trim()
  const startsAt = values.start === 'later' ? fromLocalMoment(values.startsAt) : null
  const endsAt = fromLocalMoment(values.endsAt)
  return {
    ...(name === '' ? {} : { name }),
    text: values.text,
    filter: values.filter,
    ...(startsAt === null ? {} : { startsAt: startsAt.toISOString() }),
    ...(endsAt === null ? {} : { endsAt: endsAt.toISOString() }),
    window: windowOf(values),
    ratePerSecond: values.ratePerSecond === '' ? null : values.ratePerSecond,
    draft,
  }
}

/** The composer as a change of a delivery: everything before its start, and only what may still change after it. */
export function toPatch(values: ComposerValues, scope: 'everything' | 'some', now: Date): DeliveryPatch {
  const name = values.name.trim()
  const schedule = scheduleOf(values, now)
  const some: DeliveryPatch = {
    ...(name === '' ? {} : { name }),
    ...(schedule === null ? {} : { endsAt: schedule.endsAt.toISOString() }),
    window: windowOf(values),
    ratePerSecond: values.ratePerSecond === '' ? null : values.ratePerSecond,
  }
  if (scope === 'some') return some
  return {
    ...some,
    text: values.text,
    filter: values.filter,
    ...(schedule === null ? {} : { startsAt: schedule.startsAt.toISOString() }),
  }
}
