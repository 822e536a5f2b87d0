import { createRouterClient } from '@orpc/server'
import { clientsApi } from '#electron/api/clients.ts'
import { doNotContactApi } from '#electron/api/do-not-contact.ts'
import { exportsApi } from '#electron/api/exports.ts'
import { reportFailures } from '#electron/api/failures.ts'
import { messagesApi } from '#electron/api/messages.ts'
import { api, type Parts } from '#electron/api/parts.ts'
import { reportsApi } from '#electron/api/reports.ts'
import { statisticsApi } from '#electron/api/statistics.ts'
import type { Clock } from '#electron/base/clock.ts'
import { createEvents } from '#electron/base/events.ts'
import { sourceJobs } from '#electron/scheduler/workers.ts'
import type { Store } from '#electron/store/store.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import { settableClock } from './settable-clock.ts'

/** Returns the part of the API that needs only the store, called as a host calls it, with its live events. */
export function storeApi(store: Store, clock: Clock = settableClock()) {
  const published: ProgressEvent[] = []
  const logged: string[] = []
  const woken: number[] = []
  const events = createEvents()
  events.subscribe((event) => published.push(event))
  const parts: Parts = {
    store,
    events,
    clock,
    jobs: sourceJobs,
    untilLocked: (signal) => signal ?? new AbortController().signal,
    clearing: { start: () => undefined },
    sender: { wake: () => woken.push(clock.now()) },
  }
  const guarded = api.use(reportFailures((line) => logged.push(line)))
  const client = createRouterClient({
    clients: guarded.clients.router(clientsApi(parts)),
    doNotContact: guarded.doNotContact.router(doNotContactApi(parts)),
    messages: guarded.messages.router(messagesApi(parts)),
    statistics: guarded.statistics.router(statisticsApi(parts)),
    reports: guarded.reports.router(reportsApi(parts)),
    exports: guarded.exports.router(exportsApi(parts)),
  })
  return { client, published, logged, woken }
}
