import { type InfiniteData, matchQuery, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { ChangedEntity, ProgressEvent } from '#shared/contract/progress.ts'
import type { DetailStatistics, GeneralStatistics } from '#shared/contract/statistics.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { DeliveryStatus } from '#shared/domain/states.ts'
import { orpc } from './queries.ts'
import { throttle } from './throttle.ts'

type DeliveryEvent = Extract<ProgressEvent, { readonly type: 'delivery' }>
type Page = { readonly items: readonly Delivery[] }

/** How often what is only counted by the store (charts, message tables) may be read again while a delivery runs. */
const refetchMs = 2000

/** A table of messages with more pages than this does not follow by itself: to read all of them every time costs too much. */
export const maxLivePages = 5

/** Brings the query cache up to date with what the engine tells. */
export function createCacheUpdater(cache: QueryClient) {
  const rereadRunning = throttle(refetchMs, (deliveryId: number) => {
    markStale(orpc.statistics.detail.key({ input: { id: deliveryId } }))
    markStale(orpc.statistics.days.key())
    // Those of its clients too, who are not told apart.
    markStale(orpc.messages.list.key())
    markStale(orpc.messages.get.key())
    markStale(orpc.deliveries.activity.key({ input: { id: deliveryId } }))
    markStale(orpc.clients.activity.key())
    markStale(orpc.clients.attempts.key())
  })
  const rereadEntity = throttle(500, (entity: ChangedEntity) => {
    for (const queryKey of staleAfter(entity)) markStale(queryKey)
  })

  /** Answers that are asked for the first time, and are still under way. */
  function firstAnswers(queryKey: QueryKey): Query[] {
    const isFirst = ({ state }: Query) => state.data === undefined && state.fetchStatus === 'fetching'
    return cache.getQueryCache().findAll({ queryKey, predicate: isFirst })
  }

  /**
   * Has everything under a key asked for again. The cache takes a first answer for fresh when it arrives, whatever was marked
   * stale meanwhile; it may be older than the news, so that it is marked once more when it is here. A long table of messages
   * is only marked: it offers to begin anew.
   */
  function markStale(queryKey: QueryKey): void {
    for (const query of firstAnswers(queryKey)) {
      const again = () => cache.invalidateQueries({ queryKey: query.queryKey, exact: true })
      void query.promise?.then(again, again)
    }
    void cache.invalidateQueries({ queryKey, predicate: (query) => !isLongTable(query) })
    void cache.invalidateQueries({ queryKey, predicate: isLongTable, refetchType: 'none' })
  }

  /** Changes answers in place. One that is known to be stale stays so: this is a part of the news, not all of it. */
  function write<Answer>(queryKey: QueryKey, change: (old: Answer) => Answer): void {
    for (const query of cache.getQueryCache().findAll({ queryKey })) {
      const old = query.state.data as Answer | undefined
      const next = old === undefined ? undefined : change(old)
      if (next === undefined || next === old) continue
      const { isInvalidated, dataUpdatedAt } = query.state
      query.setData(next, { updatedAt: dataUpdatedAt, manual: true })
      if (isInvalidated) query.invalidate()
    }
  }

  return {
    /** Writes a delivery's new counters and state wherever it stands in the cache. */
    delivery(event: DeliveryEvent): void {
      const { id, status, messages, startedAt, finishedAt } = event
      const moved = { status, messages, startedAt, finishedAt }
      let known: DeliveryStatus | undefined
      const isAwaited = firstAnswers(orpc.deliveries.key()).length > 0
      write<Delivery>(orpc.deliveries.get.key({ input: { id } }), (old) => {
        known = old.status
        return { ...old, ...moved }
      })
      write<InfiniteData<Page>>(orpc.deliveries.list.key({ type: 'infinite' }), (old) => {
        const item = old.pages.flatMap((page) => page.items).find((delivery) => delivery.id === id)
        if (item === undefined) return old
        known ??= item.status
        return { ...old, pages: old.pages.map((page) => replaceIn(page, id, moved)) }
      })
      write<GeneralStatistics>(orpc.statistics.general.key(), (old) => moveInGeneral(old, event))
      write<DetailStatistics>(orpc.statistics.detail.key({ input: { id } }), (old) => ({
        ...old,
        messages,
        delivery: { ...old.delivery, ...moved },
      }))
      rereadRunning(id)
      // A new state changes which lists a delivery belongs to, and an answer under way may be older than this event.
      if (isAwaited || (known !== undefined && known !== status)) rereadEntity('deliveries')
    },

    /** Marks everything stale that `entity` has a part in. */
    changed: rereadEntity,

    /** Marks everything stale: events may have been missed. */
    everything(): void {
      markStale([])
    },
  }
}

const messageTables = orpc.messages.list.key({ type: 'infinite' })

function isLongTable(query: Query): boolean {
  if (!matchQuery({ queryKey: messageTables }, query)) return false
  const loaded = query.state.data as InfiniteData<unknown> | undefined
  return loaded !== undefined && loaded.pages.length > maxLivePages
}

function staleAfter(entity: ChangedEntity): readonly (readonly unknown[])[] {
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

function replaceIn(page: Page, id: number, moved: Partial<Delivery>): Page {
  if (!page.items.some((delivery) => delivery.id === id)) return page
  return { ...page, items: page.items.map((delivery) => (delivery.id === id ? { ...delivery, ...moved } : delivery)) }
}

/** Sums change by what this one delivery changed, so that a million messages need not be counted again. */
function moveInGeneral(old: GeneralStatistics, event: DeliveryEvent): GeneralStatistics {
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
