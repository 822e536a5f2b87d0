import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for statistics. */
export function statisticsApi({ store, clock }: Parts) {
  return {
    general: api.statistics.general.handler(() => store.read.statistics.general()),
    days: api.statistics.days.handler(({ input: { timeZone = machineTimeZone(), days } }) =>
      store.read.statistics.days({ timeZone, count: days, now: clock.now() }),
    ),
    detail: api.statistics.detail.handler(({ input }) => store.read.statistics.ofDelivery(input.id, clock.now())),
    detailed: api.statistics.detailed.handler(({ input }) => store.read.statistics.ofDelivery(input.id, clock.now())),
  }
}
