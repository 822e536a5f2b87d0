import { useTranslation } from 'react-i18next'
import { formatPhone } from '#shared/domain/phone.ts'

/** Formats numbers and times in one language and in this machine's time zone. */
export interface Format {
  number(value: number): string
  /** A fraction of 1 as a percentage, such as `12.5 %`. */
  percent(share: number): string
  /** Messages per second: one decimal below ten. */
  rate(perSecond: number): string
  /** Date and time to the minute. */
  moment(at: string | Date): string
  /** For tables: date and time without the year; only the date if it is another year. */
  shortMoment(at: string | Date, now: number): string
  /** Date and time to the second. */
  exactMoment(at: string | Date): string
  day(at: string | Date): string
  /** A calendar day (`YYYY-MM-DD`) with its weekday, such as `Mon, Nov 23`. */
  calendarDay(day: string): string
  /** A calendar day (`YYYY-MM-DD`) in full, such as `November 23, 2026`. */
  fullDay(day: string): string
  clock(at: string | Date): string
  /** The time of day to the second. */
  exactClock(at: string | Date): string
  /** `in 5 minutes`, `2 hours ago`. */
  relative(at: string | Date, now: number): string
  /** `850 ms`, `12.3 s`, `4 min`, `2 h 5 min`. */
  duration(ms: number): string
  bytes(count: number): string
  phone(phone: string): string
  /** `a, b and c` */
  list(items: readonly string[]): string
}

const formats = new Map<string, Format>()

/** The format of the console's language. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatFor(i18n.language)
}

/** The format of a language; cached, because formatters are expensive to create. */
export function formatFor(language: string): Format {
  const known = formats.get(language)
  if (known !== undefined) return known
  const formatter = makeFormat(language)
  formats.set(language, formatter)
  return formatter
}

function makeFormat(language: string): Format {
  const numbers = (options: Intl.NumberFormatOptions) => lazy(() => new Intl.NumberFormat(language, options))
  const dates = (options: Intl.DateTimeFormatOptions) => lazy(() => new Intl.DateTimeFormat(language, options))
  const unit = (name: string, maximumFractionDigits = 0) =>
    numbers({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits })
  const integers = numbers({ maximumFractionDigits: 0 })
  const tenths = numbers({ maximumFractionDigits: 1 })
  const percents = numbers({ style: 'percent', maximumFractionDigits: 1 })
  const moments = dates({ dateStyle: 'medium', timeStyle: 'short' })
  const shortMoments = dates({ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
  const exactMoments = dates({ dateStyle: 'medium', timeStyle: 'medium' })
  const days = dates({ dateStyle: 'medium' })
  const calendarDays = dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const fullDays = dates({ dateStyle: 'long', timeZone: 'UTC' })
  const clocks = dates({ timeStyle: 'short' })
  const exactClocks = dates({ timeStyle: 'medium' })
  const relatives = lazy(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
  const lists = lazy(() => new Intl.ListFormat(language, { type: 'conjunction' }))
  const units = {
    millisecond: unit('millisecond'),
    second: unit('second', 1),
    minute: unit('minute'),
    hour: unit('hour'),
    day: unit('day'),
    byte: unit('byte'),
    kilobyte: unit('kilobyte'),
    megabyte: unit('megabyte', 1),
  }

  return {
    number: (value) => integers().format(value),
    percent: (share) => percents().format(share),
    rate: (perSecond) => (perSecond < 10 ? tenths : integers)().format(perSecond),
    moment: (at) => moments().format(new Date(at)),
    shortMoment: (at, now) =>
      (new Date(at).getFullYear() === new Date(now).getFullYear() ? shortMoments : days)().format(new Date(at)),
    exactMoment: (at) => exactMoments().format(new Date(at)),
    day: (at) => days().format(new Date(at)),
    calendarDay: (day) => calendarDays().format(new Date(`${day}T00:00:00Z`)),
    fullDay: (day) => fullDays().format(new Date(`${day}T00:00:00Z`)),
    clock: (at) => clocks().format(new Date(at)),
    exactClock: (at) => exactClocks().format(new Date(at)),
    relative(at, now) {
      const seconds = (new Date(at).getTime() - now) / 1000
      const size = Math.abs(seconds)
      if (size < 45) return relatives().format(0, 'second')
      if (size < 45 * 60) return relatives().format(Math.round(seconds / 60), 'minute')
      if (size < 22 * 3600) return relatives().format(Math.round(seconds / 3600), 'hour')
      if (size < 26 * 86_400) return relatives().format(Math.round(seconds / 86_400), 'day')
      return days().format(new Date(at))
    },
    duration(ms) {
      if (ms < 1000) return units.millisecond().format(ms)
      if (ms < 60_000) return units.second().format(ms / 1000)
      const minutes = Math.round(ms / 60_000)
      if (minutes < 60) return units.minute().format(minutes)
      const hours = Math.floor(minutes / 60)
      if (hours < 24) return twoUnits(units.hour().format(hours), minutes % 60, units.minute())
      return twoUnits(units.day().format(Math.floor(hours / 24)), hours % 24, units.hour())
    },
    bytes(count) {
      if (count < 1000) return units.byte().format(count)
      return count < 1_000_000 ? units.kilobyte().format(count / 1000) : units.megabyte().format(count / 1_000_000)
    },
    phone: formatPhone,
    list: (items) => lists().format(items),
  }
}

function twoUnits(large: string, rest: number, small: Intl.NumberFormat): string {
  return rest === 0 ? large : `${large} ${small.format(rest)}`
}

/** Creates a formatter at its first use: each takes milliseconds, and the first screen needs few of them. */
function lazy<Formatter>(make: () => Formatter): () => Formatter {
  let formatter: Formatter | undefined
  return () => {
    formatter ??= make()
    return formatter
  }
}
