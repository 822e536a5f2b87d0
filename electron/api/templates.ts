import { deleteTemplate, keepTemplate, listTemplates } from '../store/deliveries/templates.ts'
import type { Writing } from '../store/store.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for templates. */
export function templatesApi({ store, events, clock }: Parts) {
  async function change<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result> {
    const result = await store.write(work)
    events.publish({ type: 'changed', entity: 'templates' })
    return result
  }
  return {
    list: api.templates.list.handler(() => listTemplates(store.read)),
    keep: api.templates.keep.handler(({ input }) => change((writing) => keepTemplate(writing, input, clock.now()))),
    delete: api.templates.delete.handler(({ input }) => change((writing) => deleteTemplate(writing, input.id))),
  }
}
