import { MutationCache, QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { showProblem } from '../components/notice.ts'
import { contractErrorOf, describeError } from './errors.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The form shows its own errors, so that no toast repeats them. */
      readonly showsErrors?: boolean
    }
  }
}

/** The renderer's one cache. `live.tsx` keeps it fresh; nothing polls. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError(error, _variables, _context, mutation) {
      if (mutation.meta?.showsErrors !== true) showProblem(describeError(error, i18next.t))
    },
  }),
  defaultOptions: {
    queries: {
      // The engine is on this very machine: what the browser believes about the network does not matter.
      networkMode: 'always',
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => contractErrorOf(error) === null && failures < 2,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000),
    },
    mutations: { networkMode: 'always' },
  },
})
