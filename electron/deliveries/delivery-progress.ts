import type { Events } from '../base/events.ts'
import type { Store } from '../store/store.ts'

/** How fast a delivery's messages get their final result. */
interface DeliveryPace {
  readonly deliveryId: number
  readonly perSecond: number
}

/** Publishes the progress of deliveries. */
export interface ProgressPublisher {
  /** Reads the counters of these deliveries and publishes them. Skips deliveries that are deleted. */
  publish(moved: readonly DeliveryPace[]): Promise<void>
}

export function createProgressPublisher(store: Store, events: Events): ProgressPublisher {
  return {
    async publish(moved) {
      for (const { deliveryId, perSecond } of moved) {
        const delivery = await store.read.deliveries.find(deliveryId)
        if (delivery === null) continue
        const { id, status, messages, startedAt, finishedAt } = delivery
        events.publish({ type: 'delivery', id, status, messages, perSecond, startedAt, finishedAt })
      }
    },
  }
}
