import { resolveUncertainMessage } from '../deliveries/resolve-uncertain.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for messages. Only uncertain messages can be changed, by resolving them. */
export function messagesApi({ store, events, clock, sender }: Parts) {
  return {
    list: api.messages.list.handler(({ input }) => store.read.messages.list(input)),
    page: api.messages.page.handler(async ({ input }) => {
      const { count, results } = await store.read.messages.page(input)
      return restPage(input, count, results)
    }),
    get: api.messages.get.handler(({ input }) => store.read.messages.story(input.id)),
    resolve: api.messages.resolve.handler(async ({ input }) => {
      await store.write((writes) => resolveUncertainMessage(writes, input.id, input.as, clock.now()))
      sender.wake()
      events.publish({ type: 'changed', entity: 'deliveries' })
      return store.read.messages.get(input.id)
    }),
  }
}
