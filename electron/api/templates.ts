import type { StoreWrites } from '../store/store.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for templates. */
export function templatesApi({ store, events, clock }: Parts) {
  async function change<Result>(work: (writes: StoreWrites) => Promise<Result>): Promise<Result> {
    const result = await store.write(work)
    events.publish({ type: 'changed', entity: 'templates' })
    return result
  }
  return {
    list: api.templates.list.handler(() => store.read.templates.list()),
    keep: api.templates.keep.handler(({ input }) => change(({ templates }) => templates.save(input, clock.now()))),
    delete: api.templates.delete.handler(({ input }) => change(({ templates }) => templates.delete(input.id))),
  }
}
