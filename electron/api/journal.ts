import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for the journal of user actions. */
export function journalApi({ store }: Pick<Parts, 'store'>) {
  return {
    list: api.journal.list.handler(({ input }) => store.read.journal.list(input)),
    page: api.journal.page.handler(async ({ input }) => {
      const { count, results } = await store.read.journal.page(input)
      return restPage(input, count, results)
    }),
  }
}
