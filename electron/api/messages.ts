import { getMessage, listMessages, pageMessages } from '../store/messages.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Messages over the border: they are read only. */
export function messagesApi({ store }: Parts) {
  return {
    list: api.messages.list.handler(({ input }) => listMessages(store.read, input)),
    page: api.messages.page.handler(async ({ input }) => {
      const { count, results } = await pageMessages(store.read, input)
      return restPage(input, count, results)
    }),
    get: api.messages.get.handler(({ input }) => getMessage(store.read, input.id)),
  }
}
