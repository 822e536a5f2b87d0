import * as z from 'zod'
import type { DeliveryAction } from '#shared/domain/states.ts'
import { deleteDelivery, leadDelivery } from '../deliveries/lead-delivery.ts'
import { measureAudience } from '../deliveries/measure-audience.ts'
import { previewText } from '../deliveries/preview.ts'
import { reachOf } from '../deliveries/reach.ts'
import { retryMessages, settleUncertain } from '../deliveries/second-chance.ts'
import { changeDelivery, createDelivery, replaceDelivery } from '../deliveries/write-delivery.ts'
import { countAudience } from '../store/audience/audience-reads.ts'
import { deliveryOf, deliveryRow, listDeliveries, pageDeliveries } from '../store/deliveries/deliveries.ts'
import { pageDeliveryActivity } from '../store/journal/activity.ts'
import { pageAttemptsOfRange } from '../store/messages/attempts.ts'
import { decodeCursor, encodeCursor } from '../store/ports/cursor.ts'
import type { Writing } from '../store/store.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

const cursorSchema = z.tuple([z.number()])

/** Handlers for deliveries. The rules are in `electron/deliveries`. */
export function deliveriesApi({ store, events, clock, sender }: Parts) {
  /** Commits a change, publishes it and returns the changed delivery. */
  async function change(work: (writing: Writing, now: number) => Promise<number>) {
    const id = await store.write((writing) => work(writing, clock.now()))
    sender.wake()
    events.publish({ type: 'changed', entity: 'deliveries' })
    return deliveryOf(await deliveryRow(store.read, id))
  }
  const changeState = (id: number, action: DeliveryAction) =>
    change(async (writing, now) => {
      await leadDelivery(writing, id, action, now)
      return id
    })

  return {
    list: api.deliveries.list.handler(async ({ input: { cursor, limit, ...query } }) => {
      const beforeId = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0]
      const { items, count, nextBeforeId } = await listDeliveries(store.read, query, { beforeId, limit })
      return { items, count, nextCursor: nextBeforeId === null ? null : encodeCursor([nextBeforeId]) }
    }),
    page: api.deliveries.page.handler(async ({ input: { limit, offset, ...query } }) => {
      const { results, count } = await pageDeliveries(store.read, query, { limit, offset })
      return restPage({ limit, offset, ...query }, count, results)
    }),
    get: api.deliveries.get.handler(async ({ input }) => deliveryOf(await deliveryRow(store.read, input.id))),
    create: api.deliveries.create.handler(({ input }) => change((writing, now) => createDelivery(writing, input, now))),
    update: api.deliveries.update.handler(({ input: { id, ...patch } }) =>
      change(async (writing, now) => {
        await changeDelivery(writing, id, patch, now)
        return id
      }),
    ),
    replace: api.deliveries.replace.handler(({ input: { id, ...whole } }) =>
      change(async (writing, now) => {
        await replaceDelivery(writing, id, whole, now)
        return id
      }),
    ),
    delete: api.deliveries.delete.handler(async ({ input }) => {
      await store.write((writing) => deleteDelivery(writing, input.id))
      sender.wake()
      events.publish({ type: 'changed', entity: 'deliveries' })
    }),
    schedule: api.deliveries.schedule.handler(({ input }) => changeState(input.id, 'schedule')),
    start: api.deliveries.start.handler(({ input }) => changeState(input.id, 'start')),
    pause: api.deliveries.pause.handler(({ input }) => changeState(input.id, 'pause')),
    resume: api.deliveries.resume.handler(({ input }) => changeState(input.id, 'resume')),
    cancel: api.deliveries.cancel.handler(({ input }) => changeState(input.id, 'cancel')),
    retry: api.deliveries.retry.handler(({ input: { id, status } }) =>
      change(async (writing, now) => {
        await retryMessages(writing, id, status, now)
        return id
      }),
    ),
    resolveUncertain: api.deliveries.resolveUncertain.handler(({ input }) =>
      change(async (writing, now) => {
        await settleUncertain(writing, input.id, input.as, now)
        return input.id
      }),
    ),
    activity: api.deliveries.activity.handler(async ({ input }) => {
      await deliveryRow(store.read, input.id)
      const { count, results } = await pageDeliveryActivity(store.read.sql, input.id, input)
      return restPage(input, count, results)
    }),
    attempts: api.deliveries.attempts.handler(async ({ input }) => {
      const { firstMessageId: firstId, lastMessageId: lastId } = await deliveryRow(store.read, input.id)
      const { count, results } = await pageAttemptsOfRange(store.read.sql, { firstId, lastId }, input)
      return restPage(input, count, results)
    }),
    reach: api.deliveries.reach.handler(({ input }) => reachOf(store.read.sql, input, clock.now())),
    audience: api.deliveries.audience.handler(({ input }) => countAudience(store.read.sql, input.filter)),
    preview: api.deliveries.preview.handler(({ input }) =>
      previewText(store.read.sql, input.text, input.filter, input.clients),
    ),
    lengths: api.deliveries.lengths.handler(({ input, signal }) => measureAudience(store.read.sql, input, signal)),
  }
}
