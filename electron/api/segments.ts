import type { StoreWrites } from '../store/store.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for segments. */
export function segmentsApi({ store, events, clock }: Parts) {
  async function change<Result>(work: (writes: StoreWrites, now: number) => Promise<Result>): Promise<Result> {
    const result = await store.write((writes) => work(writes, clock.now()))
    events.publish({ type: 'changed', entity: 'segments' })
    return result
  }
  return {
    list: api.segments.list.handler(() => store.read.segments.list()),
    page: api.segments.page.handler(async ({ input }) => {
      const all = await store.read.segments.list()
      return restPage(input, all.length, all.slice(input.offset, input.offset + input.limit))
    }),
    get: api.segments.get.handler(({ input }) => store.read.segments.get(input.id)),
    create: api.segments.create.handler(({ input }) => change(({ segments }, now) => segments.create(input, now))),
    update: api.segments.update.handler(({ input: { id, ...patch } }) =>
      change(({ segments }, now) => segments.update(id, patch, now)),
    ),
    delete: api.segments.delete.handler(({ input }) => change(({ segments }) => segments.delete(input.id))),
  }
}
