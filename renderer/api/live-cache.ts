import { type InfiniteData, matchQuery, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { ChangedEntity, ProgressEvent } from '#shared/contract/progress.ts'
import type { DetailStatistics, GeneralStatistics } from '#shared/contract/statistics.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { DeliveryStatus } from '#shared/domain/states.ts'
import { orpc } from './queries.ts'

type DeliveryEvent = Extract<ProgressEvent, { readonly type: 'delivery' }>
type DeliveryPage = { readonly items: readonly Delivery[] }

/** While a delivery runs, what only the store can count (charts, message tables) is refetched this often. */
const runningRefetchMs = 2000
const entityRefetchMs = 500

/**
 * A message table with more pages than this is not refetched automatically: reading all of them each time costs too
 * much.
 */
export const maxLivePages = 5

/** Brings the query cache up to date with the engine's events. */
export interface CacheUpdater {
  /** Writes a delivery's new counters and status into every cached answer that contains it. */
  delivery(event: DeliveryEvent): void
  /** Marks everything stale that shows something of `entity`. */
  changed(entity: ChangedEntity): void
  /** Marks everything stale, because events may have been missed. */
  everything(): void
}

export function createCacheUpdater(cache: QueryClient): CacheUpdater {
  const refetchRunning = throttle(runningRefetchMs, (deliveryId: number) => {
    for (const queryKey of staleWhileRunning(deliveryId)) markStale(cache, queryKey)
  })
  const refetchEntity = throttle(entityRefetchMs, (entity: ChangedEntity) => {
    for (const queryKey of staleAfter(entity)) markStale(cache, queryKey)
  })
  return {
    delivery(event) {
      const isAwaited = pendingFirstAnswers(cache, orpc.deliveries.key()).length > 0
      const known = writeDelivery(cache, event)
      refetchRunning(event.id)
      // A new status changes which lists a delivery belongs to, and a pending answer may be older than this event.
      if (isAwaited || (known !== undefined && known !== event.status)) refetchEntity('deliveries')
    },
    changed: refetchEntity,
    everything: () => markStale(cache, []),
  }
}

/**
 * Calls `work` for a key at once, and then at most once per `intervalMs`; a call in between runs at the end of the
 * interval.
 */
function throttle<Key>(intervalMs: number, work: (key: Key) => void): (key: Key) => void {
  const waiting = new Map<Key, 'idle' | 'requested'>()

  function run(key: Key): void {
    waiting.set(key, 'idle')
    work(key)
    setTimeout(() => {
      const isRequested = waiting.get(key) === 'requested'
      waiting.delete(key)
      if (isRequested) run(key)
    }, intervalMs)
  }

  return (key) => {
    if (waiting.has(key)) waiting.set(key, 'requested')
    else run(key)
  }
}

/** Queries whose first answer is still pending. */
function pendingFirstAnswers(cache: QueryClient, queryKey: QueryKey): Query[] {
  const isFirst = ({ state }: Query) => state.data === undefined && state.fetchStatus === 'fetching'
  return cache.getQueryCache().findAll({ queryKey, predicate: isFirst })
}

/**
 * Refetches everything under a key. The cache treats a first answer as fresh when it arrives, although it may be older
 * than the event, so that it is invalidated again then. A long message table is only marked: it offers to reload.
 */
function markStale(cache: QueryClient, queryKey: QueryKey): void {
  for (const query of pendingFirstAnswers(cache, queryKey)) {
    const again = () => cache.invalidateQueries({ queryKey: query.queryKey, exact: true })
    void query.promise?.then(again, again)
  }
  void cache.invalidateQueries({ queryKey, predicate: (query) => !isLongMessageTable(query) })
  void cache.invalidateQueries({ queryKey, predicate: isLongMessageTable, refetchType: 'none' })
}

/** Changes cached answers in place. A stale answer stays stale, because an event contains only a part of it. */
function writeAnswers<Answer>(cache: QueryClient, queryKey: QueryKey, change: (old: Answer) => Answer): void {
  for (const query of cache.getQueryCache().findAll({ queryKey })) {
    const old = query.state.data as Answer | undefined
    const next = old === undefined ? undefined : change(old)
    if (next === undefined || next === old) continue
    const { isInvalidated, dataUpdatedAt } = query.state
    query.setData(next, { updatedAt: dataUpdatedAt, manual: true })
    if (isInvalidated) query.invalidate()
  }
}

/**
 * Writes the event into every answer that contains its delivery. Returns the status they had; undefined if there are
 * none.
 */
function writeDelivery(cache: QueryClient, event: DeliveryEvent): DeliveryStatus | undefined {
  const { id, status, messages, startedAt, finishedAt } = event
  const changes = { status, messages, startedAt, finishedAt }
  let known: DeliveryStatus | undefined
  writeAnswers<Delivery>(cache, orpc.deliveries.get.key({ input: { id } }), (old) => {
    known = old.status
    return { ...old, ...changes }
  })
  writeAnswers<InfiniteData<DeliveryPage>>(cache, orpc.deliveries.list.key({ type: 'infinite' }), (old) => {
    const item = old.pages.flatMap((page) => page.items).find((delivery) => delivery.id === id)
    if (item === undefined) return old
    known ??= item.status
    return { ...old, pages: old.pages.map((page) => replaceIn(page, id, changes)) }
  })
  writeAnswers<GeneralStatistics>(cache, orpc.statistics.general.key(), (old) => withDelivery(old, event))
  writeAnswers<DetailStatistics>(cache, orpc.statistics.detail.key({ input: { id } }), (old) => ({
    ...old,
    messages,
    delivery: { ...old.delivery, ...changes },
  }))
  return known
}

const messageTables = orpc.messages.list.key({ type: 'infinite' })

function isLongMessageTable(query: Query): boolean {
  if (!matchQuery({ queryKey: messageTables }, query)) return false
  const loaded = query.state.data as InfiniteData<unknown> | undefined
  return loaded !== undefined && loaded.pages.length > maxLivePages
}

function staleWhileRunning(deliveryId: number): readonly QueryKey[] {
  return [
    orpc.statistics.detail.key({ input: { id: deliveryId } }),
    orpc.statistics.days.key(),
    // Also those of the delivery's clients, whom the event does not name.
    orpc.messages.list.key(),
    orpc.messages.get.key(),
    orpc.deliveries.activity.key({ input: { id: deliveryId } }),
    orpc.clients.activity.key(),
    orpc.clients.attempts.key(),
  ]
}

function staleAfter(entity: ChangedEntity): readonly QueryKey[] {
  switch (entity) {
    case 'clients':
      return [
        orpc.clients.key(),
        orpc.doNotContact.key(),
        orpc.deliveries.audience.key(),
        orpc.deliveries.preview.key(),
        orpc.deliveries.reach.key(),
        orpc.deliveries.lengths.key(),
        orpc.journal.key(),
      ]
    case 'deliveries':
      return [
        orpc.deliveries.list.key(),
        orpc.deliveries.get.key(),
        orpc.deliveries.activity.key(),
        orpc.journal.key(),
        orpc.clients.activity.key(),
        orpc.clients.attempts.key(),
        orpc.statistics.key(),
        orpc.messages.list.key(),
        orpc.messages.get.key(),
      ]
    case 'segments':
      return [orpc.segments.key(), orpc.journal.key()]
    case 'templates':
      return [orpc.templates.key(), orpc.journal.key()]
    case 'gateway':
      return [orpc.gateway.get.key(), orpc.gateway.channel.key(), orpc.journal.key()]
    case 'backups':
      return [orpc.backups.key(), orpc.journal.key()]
    case 'lock':
      return [orpc.journal.key()]
    case 'settings':
      return [orpc.settings.get.key(), orpc.journal.key()]
    default:
      return assertNever(entity)
  }
}

function replaceIn(page: DeliveryPage, id: number, changes: Partial<Delivery>): DeliveryPage {
  if (!page.items.some((delivery) => delivery.id === id)) return page
  return { ...page, items: page.items.map((delivery) => (delivery.id === id ? { ...delivery, ...changes } : delivery)) }
}

/** Adjusts the sums by the change of one delivery, so that a million messages are not counted again. */
function withDelivery(old: GeneralStatistics, event: DeliveryEvent): GeneralStatistics {
  const before = old.results.find((result) => result.id === event.id)
  if (before === undefined) return old
  const byStatus = { ...old.messages.byStatus }
  for (const status of Object.keys(byStatus) as (keyof typeof byStatus)[]) {
    byStatus[status] += event.messages.byStatus[status] - before.messages.byStatus[status]
  }
  const deliveries = { ...old.deliveries.byStatus }
  deliveries[before.status] -= 1
  deliveries[event.status] += 1
  return {
    deliveries: { ...old.deliveries, byStatus: deliveries },
    messages: { total: old.messages.total + event.messages.total - before.messages.total, byStatus },
    results: old.results.map((result) =>
      result.id === event.id ? { ...result, status: event.status, messages: event.messages } : result,
    ),
  }
}
