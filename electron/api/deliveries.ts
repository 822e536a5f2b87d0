import type { DeliveryAction } from '#shared/domain/states.ts'
import { changeDeliveryState } from '../deliveries/delivery-commands.ts'
import { measureAudience } from '../deliveries/measure-audience.ts'
import { previewText } from '../deliveries/preview.ts'
import { reachOf } from '../deliveries/reach.ts'
import { resolveUncertain } from '../deliveries/resolve-uncertain.ts'
import { retryMessages } from '../deliveries/retry-failed.ts'
import { changeDelivery, createDelivery, replaceDelivery } from '../deliveries/write-delivery.ts'
import type { StoreWrites } from '../store/store.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for deliveries. The rules are in `electron/deliveries`. */
export function deliveriesApi({ store, events, clock, sender, clearing }: Parts) {
  /** Commits a change, publishes it and returns the changed delivery. */
  async function change(work: (writes: StoreWrites, now: number) => Promise<number>) {
    const id = await store.write((writes) => work(writes, clock.now()))
    sender.wake()
    events.publish({ type: 'changed', entity: 'deliveries' })
    return store.read.deliveries.get(id)
  }
  const changeState = (id: number, action: DeliveryAction) =>
    change(async (writes, now) => {
      await changeDeliveryState(writes, id, action, now)
      return id
    }).finally(clearing.start)

  return {
    list: api.deliveries.list.handler(({ input }) => store.read.deliveries.list(input)),
    page: api.deliveries.page.handler(async ({ input }) => {
      const { results, count } = await store.read.deliveries.page(input)
      return restPage(input, count, results)
    }),
    get: api.deliveries.get.handler(({ input }) => store.read.deliveries.get(input.id)),
    create: api.deliveries.create.handler(({ input }) => change((writes, now) => createDelivery(writes, input, now))),
    update: api.deliveries.update.handler(({ input: { id, ...patch } }) =>
      change(async (writes, now) => {
        await changeDelivery(writes, id, patch, now)
        return id
      }),
    ),
    replace: api.deliveries.replace.handler(({ input: { id, ...whole } }) =>
      change(async (writes, now) => {
        await replaceDelivery(writes, id, whole, now)
        return id
      }),
    ),
    delete: api.deliveries.delete.handler(async ({ input }) => {
      await store.write(({ deliveries }) => deliveries.delete(input.id))
      clearing.start()
      sender.wake()
      events.publish({ type: 'changed', entity: 'deliveries' })
    }),
    schedule: api.deliveries.schedule.handler(({ input }) => changeState(input.id, 'schedule')),
    start: api.deliveries.start.handler(({ input }) => changeState(input.id, 'start')),
    pause: api.deliveries.pause.handler(({ input }) => changeState(input.id, 'pause')),
    resume: api.deliveries.resume.handler(({ input }) => changeState(input.id, 'resume')),
    cancel: api.deliveries.cancel.handler(({ input }) => changeState(input.id, 'cancel')),
    retry: api.deliveries.retry.handler(({ input: { id, status } }) =>
      change(async (writes, now) => {
        await retryMessages(writes, id, status, now)
        return id
      }),
    ),
    resolveUncertain: api.deliveries.resolveUncertain.handler(({ input }) =>
      change(async (writes, now) => {
        await resolveUncertain(writes, input.id, input.as, now)
        return input.id
      }),
    ),
    activity: api.deliveries.activity.handler(async ({ input }) => {
      await store.read.deliveries.get(input.id)
      const { count, results } = await store.read.journal.ofDelivery(input.id, input)
      return restPage(input, count, results)
    }),
    attempts: api.deliveries.attempts.handler(async ({ input }) => {
      const { count, results } = await store.read.messages.attemptsOfDelivery(input.id, input)
      return restPage(input, count, results)
    }),
    reach: api.deliveries.reach.handler(({ input }) => reachOf(store.read.audience, input, clock.now())),
    audience: api.deliveries.audience.handler(({ input }) => store.read.audience.count(input.filter)),
    preview: api.deliveries.preview.handler(({ input }) =>
      previewText(store.read.audience, input.text, input.filter, input.clients),
    ),
    lengths: api.deliveries.lengths.handler(({ input, signal }) => measureAudience(store.read.audience, input, signal)),
  }
}
