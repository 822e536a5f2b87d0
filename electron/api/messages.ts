import { settleUncertainMessage } from '../deliveries/second-chance.ts'
import { messageOf } from '../store/messages/message-row.ts'
import { getMessage, listMessages, messageRow, pageMessages } from '../store/messages/messages.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for messages. Only uncertain messages can be changed, by resolving them. */
export function messagesApi({ store, events, clock, sender }: Parts) {
  return {
    list: api.messages.list.handler(({ input }) => listMessages(store.read, input)),
    page: api.messages.page.handler(async ({ input }) => {
      const { count, results } = await pageMessages(store.read, input)
      return restPage(input, count, results)
    }),
    get: api.messages.get.handler(({ input }) => getMessage(store.read, input.id)),
    resolve: api.messages.resolve.handler(async ({ input }) => {
      await store.write((writing) => settleUncertainMessage(writing, input.id, input.as, clock.now()))
      sender.wake()
      events.publish({ type: 'changed', entity: 'deliveries' })
      return messageOf(await messageRow(store.read, input.id))
    }),
  }
}
