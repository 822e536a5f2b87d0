import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for the do-not-contact list. `clients.optOut` adds phones to it. */
export function doNotContactApi({ store, events, clock }: Parts) {
  return {
    list: api.doNotContact.list.handler(({ input }) => store.read.doNotContact.list(input)),
    page: api.doNotContact.page.handler(async ({ input }) => {
      const { count, results } = await store.read.doNotContact.page(input)
      return restPage(input, count, results)
    }),
    remove: api.doNotContact.remove.handler(async ({ input }) => {
      await store.write((writes) => writes.doNotContact.remove(input.phone, clock.now()))
      events.publish({ type: 'changed', entity: 'clients' })
    }),
  }
}
