import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DayStatistics } from '#shared/contract/statistics.ts'
import { localDay } from '#shared/domain/local-day.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { orpc } from '../../api/queries.ts'
import { useNow } from '../../components/time.tsx'

/** The last seven days of the operator's own calendar, today the last; null until they are known. Another day begins by itself. */
export function useDays(): { readonly days: DayStatistics['days'] | null; readonly error: Error | null } {
  const timeZone = machineTimeZone()
  const { data, error, refetch } = useQuery(orpc.statistics.days.queryOptions({ input: { timeZone, days: 7 } }))
  const today = localDay(useNow(), timeZone)
  const shown = data?.days.at(-1)?.day
  useEffect(() => {
    if (shown !== undefined && shown < today) void refetch()
  }, [shown, today, refetch])
  return { days: data?.days ?? null, error }
}
