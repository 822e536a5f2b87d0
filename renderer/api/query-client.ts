import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { showProblem } from '../components/notice.ts'
import { contractErrorOf, describeError, isLockedError } from './errors.ts'
import { refreshLock } from './lock.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** True if the form shows its own errors, so that no notification repeats them. */
      readonly showsErrors?: boolean
    }
  }
}

/** The console's only query cache. `live.ts` keeps it up to date; nothing polls. */
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
      // The engine is on this machine: whether the browser is online does not matter.
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

/** Another window or a restart of the engine may have locked the program. */
function noticeLock(error: unknown): void {
  if (isLockedError(error)) void refreshLock()
}
