import { listJournal, pageJournal } from '../store/journal/journal.ts'
import { api, type Parts } from './parts.ts'
import { restPage } from './rest-page.ts'

/** Handlers for the journal of user actions. */
export function journalApi({ store }: Pick<Parts, 'store'>) {
  return {
    list: api.journal.list.handler(({ input }) => listJournal(store.read.sql, input)),
    page: api.journal.page.handler(async ({ input }) => {
      const { count, results } = await pageJournal(store.read.sql, input)
      return restPage(input, count, results)
    }),
  }
}
