import { listDoNotContact, pageDoNotContact, unlistPhone } from '../store/clients/do-not-contact.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for the do-not-contact list. `clients.optOut` adds phones to it. */
export function doNotContactApi({ store, events, clock }: Parts) {
  return {
    list: api.doNotContact.list.handler(({ input }) => listDoNotContact(store.read, input)),
    page: api.doNotContact.page.handler(async ({ input }) => {
      const { count, results } = await pageDoNotContact(store.read, input)
      return restPage(input, count, results)
    }),
    remove: api.doNotContact.remove.handler(async ({ input }) => {
      await store.write((writing) => unlistPhone(writing, input.phone, clock.now()))
      events.publish({ type: 'changed', entity: 'clients' })
    }),
  }
}
