import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { dayStatistics, detailStatistics, generalStatistics } from '../store/statistics/statistics.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for statistics. */
export function statisticsApi({ store, clock }: Parts) {
  return {
    general: api.statistics.general.handler(() => generalStatistics(store.read)),
    days: api.statistics.days.handler(({ input: { timeZone = machineTimeZone(), days } }) =>
      dayStatistics(store.read, { timeZone, count: days, now: clock.now() }),
    ),
    detail: api.statistics.detail.handler(({ input }) => detailStatistics(store.read, input.id, clock.now())),
    detailed: api.statistics.detailed.handler(({ input }) => detailStatistics(store.read, input.id, clock.now())),
  }
}
