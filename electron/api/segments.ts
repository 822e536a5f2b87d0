import { createSegment, deleteSegment, getSegment, listSegments, updateSegment } from '../store/clients/segments.ts'
import type { Writing } from '../store/store.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for segments. */
export function segmentsApi({ store, events, clock }: Parts) {
  async function change<Result>(work: (writing: Writing, now: number) => Promise<Result>): Promise<Result> {
    const result = await store.write((writing) => work(writing, clock.now()))
    events.publish({ type: 'changed', entity: 'segments' })
    return result
  }
  return {
    list: api.segments.list.handler(() => listSegments(store.read)),
    page: api.segments.page.handler(async ({ input }) => {
      const all = await listSegments(store.read)
      return restPage(input, all.length, all.slice(input.offset, input.offset + input.limit))
    }),
    get: api.segments.get.handler(({ input }) => getSegment(store.read, input.id)),
    create: api.segments.create.handler(({ input }) => change((writing, now) => createSegment(writing, input, now))),
    update: api.segments.update.handler(({ input: { id, ...patch } }) =>
      change((writing, now) => updateSegment(writing, id, patch, now)),
    ),
    delete: api.segments.delete.handler(({ input }) => change((writing) => deleteSegment(writing, input.id))),
  }
}
