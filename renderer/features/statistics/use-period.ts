import dayjs from 'dayjs'
import type { Period } from '#shared/domain/period.ts'
import { useUrlParams } from '../../components/use-url-params.ts'

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** The period in the URL; by default the last thirty days. */
export function usePeriod(): { readonly period: Period; choose(period: Period): void } {
  const { params, change } = useUrlParams()
  const [since, until] = [params.get('since') ?? '', params.get('until') ?? '']
  const isGiven = dayPattern.test(since) && dayPattern.test(until) && since <= until
  return {
    period: isGiven ? { since, until } : lastDays(30),
    choose: (period) =>
      change((address) => {
        address.set('since', period.since)
        address.set('until', period.until)
      }, false),
  }
}

/** The last `count` days, including today. */
export function lastDays(count: number): Period {
  const today = dayjs()
  return { since: dayOf(today.subtract(count - 1, 'day')), until: dayOf(today) }
}

/** The month `count` months ago; 0 is the present month, to its end. */
export function monthBefore(count: number): Period {
  const month = dayjs().subtract(count, 'month')
  return { since: dayOf(month.startOf('month')), until: dayOf(month.endOf('month')) }
}

function dayOf(day: dayjs.Dayjs): string {
  return day.format('YYYY-MM-DD')
}
