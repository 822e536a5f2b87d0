import { detailStatistics, generalStatistics } from '../store/statistics.ts'
import { api, type Parts } from './parts.ts'

/** Statistics over the border. */
export function statisticsApi({ store }: Parts) {
  return {
    general: api.statistics.general.handler(() => generalStatistics(store.read)),
    detail: api.statistics.detail.handler(({ input }) => detailStatistics(store.read, input.id)),
    detailed: api.statistics.detailed.handler(({ input }) => detailStatistics(store.read, input.id)),
  }
}
