import type { Events } from '../base/events.ts'
import type { Movement } from '../sending/progress.ts'
import { deliveryOf, findDeliveryRow } from '../store/deliveries/deliveries.ts'
import type { Store } from '../store/store.ts'

/** Tells whoever watches how far deliveries have come. */
export interface DeliveryNews {
  tell(movements: readonly Movement[]): Promise<void>
}

/** Reads the counters of what moved and publishes them. A delivery that was deleted meanwhile is no news. */
export function createDeliveryNews(store: Store, events: Events): DeliveryNews {
  return {
    async tell(movements) {
      for (const { deliveryId, perSecond } of movements) {
        const row = await findDeliveryRow(store.read, deliveryId)
        if (row === null) continue
        const { id, status, messages, startedAt, finishedAt } = deliveryOf(row)
        events.publish({ type: 'delivery', id, status, messages, perSecond, startedAt, finishedAt })
      }
    },
  }
}
