import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { showProblem } from '../components/notice.ts'
import { contractErrorOf, describeError, isLockedError } from './errors.ts'
import { refreshLock } from './lock.ts'

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
  queryCache: new QueryCache({ onError: noticeLock }),
  mutationCache: new MutationCache({
    onError(error, _variables, _context, mutation) {
      noticeLock(error)
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

/** Another window, or the engine's new start, may have locked what this one shows. */
function noticeLock(error: unknown): void {
  if (isLockedError(error)) void refreshLock()
}
