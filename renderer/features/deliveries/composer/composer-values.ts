import dayjs from 'dayjs'
import type { Delivery, DeliveryInput, DeliveryPatch, ReachQuery, SendingWindow } from '#shared/contract/deliveries.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'

/** A local time in the machine's zone, in the format of the date picker: `YYYY-MM-DD HH:mm:ss`. */
type LocalMoment = string

/** The values of the composer. Empty fields mean the default, which the summary spells out. */
export interface ComposerValues {
  readonly name: string
  readonly filter: Filter
  readonly text: string
  readonly start: 'now' | 'later'
  readonly startsAt: LocalMoment | null
  /** Null: one day after the start. */
  readonly endsAt: LocalMoment | null
  readonly limitsHours: boolean
  readonly windowFrom: string
  readonly windowTo: string
  /** Empty: as fast as the gateway accepts. */
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

/** An instant in the format of the date picker. */
export function toLocalMoment(instant: string | Date): LocalMoment {
  return dayjs(instant).format('YYYY-MM-DD HH:mm:ss')
}

/** The instant of a date picker's value; null if it is empty or invalid. */
export function fromLocalMoment(moment: LocalMoment | null): Date | null {
  if (moment === null) return null
  const date = new Date(moment.replace(' ', 'T'))
  return Number.isNaN(date.getTime()) ? null : date
}

/**
 * The composer's values for a delivery. A missed start becomes "now"; an end one day after the start becomes the
 * default.
 */
export function composerValuesOf(delivery: Delivery, now: Date): ComposerValues {
  const startsAt = new Date(delivery.startsAt)
  const endsAt = new Date(delivery.endsAt)
  const hasStarted = delivery.startedAt !== null
  const isLater = hasStarted || startsAt > now
  const hasDefaultEnd = !hasStarted && endsAt.getTime() - startsAt.getTime() === dayMs
  return {
    name: delivery.name,
    filter: delivery.filter,
    text: delivery.text,
    start: isLater ? 'later' : 'now',
    startsAt: isLater ? toLocalMoment(startsAt) : null,
    endsAt: hasDefaultEnd ? null : toLocalMoment(endsAt),
    limitsHours: delivery.window !== null,
    windowFrom: delivery.window?.from ?? emptyComposer.windowFrom,
    windowTo: delivery.window?.to ?? emptyComposer.windowTo,
    ratePerSecond: delivery.ratePerSecond ?? '',
  }
}

/** The composer's values for a copy: recipients, text, hours and speed are kept, start and end are not. */
export function copyOf(delivery: Delivery, name: string, now: Date): ComposerValues {
  return { ...composerValuesOf(delivery, now), name, start: 'now', startsAt: null, endsAt: null }
}

export interface Schedule {
  readonly startsAt: Date
  readonly endsAt: Date
}

/** When sending starts and ends if the composer is confirmed at `now`; null if a value is missing. */
export function scheduleOf(values: ComposerValues, now: Date): Schedule | null {
  const startsAt = values.start === 'now' ? now : fromLocalMoment(values.startsAt)
  if (startsAt === null) return null
  const endsAt = values.endsAt === null ? new Date(startsAt.getTime() + dayMs) : fromLocalMoment(values.endsAt)
  return endsAt === null ? null : { startsAt, endsAt }
}

/** The sending window that the user chose; null for any hour. */
export function windowOf(values: ComposerValues): SendingWindow | null {
  return values.limitsHours ? { from: values.windowFrom, to: values.windowTo } : null
}

/** The query for how many clients the chosen hours reach; null without hours or with an invalid schedule. */
export function reachQuestionOf(values: ComposerValues, now: Date): ReachQuery | null {
  const window = windowOf(values)
  if (window === null || window.from === '' || window.to === '' || window.from === window.to) return null
  // A start "now" is the present minute, so that the query stays the same for a minute.
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs)
  const schedule = scheduleOf(values, minute)
  if (schedule === null || schedule.endsAt <= schedule.startsAt || schedule.endsAt <= now) return null
  const { startsAt, endsAt } = schedule
  return { filter: values.filter, window, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
}

/** The composer's values as a new delivery. Defaults are left to the engine, whose clock decides. */
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

/** The composer's values as a change: everything before the start, and only what may still change after it. */
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
