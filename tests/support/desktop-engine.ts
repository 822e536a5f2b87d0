import { implement } from '@orpc/server'
import { vi } from 'vitest'
import type { Parts } from '#electron/api/parts.ts'
import { progressApi } from '#electron/api/progress.ts'
import type { Engine } from '#electron/engine.ts'
import { createEvents } from '#electron/events.ts'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { Channel } from '#shared/contract/gateway.ts'
import { contract } from '#shared/contract/index.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { type MessageCounts, noMessages, totalOf } from '#shared/domain/states.ts'

const api = implement(contract)

/** A delivery as the contract has it, of which a story tells only what it is about. */
function deliveryOf(told: Partial<Delivery> & Pick<Delivery, 'id'>): Delivery {
  return {
    name: `Delivery ${told.id}`,
    text: 'Hello',
    filter: { match: 'all', operatorCodes: [], tags: [], timeZones: [], excludeTags: [] },
    startsAt: '2026-11-23T10:00:00.000Z',
    endsAt: '2099-11-24T10:00:00.000Z',
    window: null,
    ratePerSecond: null,
    status: 'running',
    messages: countsOf({ queued: 100 }),
    createdAt: '2026-11-23T10:00:00.000Z',
    updatedAt: '2026-11-23T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...told,
  }
}

function countsOf(counts: Partial<MessageCounts>): Delivery['messages'] {
  const byStatus = { ...noMessages(), ...counts }
  return { total: totalOf(byStatus), byStatus }
}

/**
 * An engine that does nothing by itself: the test says what its deliveries and its gateway do, and it tells of that
 * through the part of the contract that the desktop listens to, as the real one does.
 */
export function toldEngine(chosen: Partial<Settings> = {}) {
  const events = createEvents()
  const deliveries = new Map<number, Delivery>()
  let settings: Settings = {
    language: 'en',
    theme: 'system',
    whenClosed: 'ask',
    openAtLogin: false,
    keepAwake: false,
    notifications: true,
    ...chosen,
  }
  let channel: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
  const close = vi.fn(async () => undefined)
  const wake = vi.fn()

  const router = {
    deliveries: {
      list: api.deliveries.list.handler(({ input }) => {
        const items = [...deliveries.values()].filter(({ status }) => status === input.status)
        return { items, nextCursor: null, count: items.length }
      }),
      get: api.deliveries.get.handler(({ input }) => deliveryOf(deliveries.get(input.id) ?? { id: input.id })),
    },
    gateway: { channel: api.gateway.channel.handler(() => channel) },
    settings: {
      get: api.settings.get.handler(() => settings),
      update: api.settings.update.handler(({ input }) => choose(input)),
    },
    progress: progressApi({ events } as unknown as Parts),
  }

  function choose(part: { readonly [key in keyof Settings]?: Settings[key] | undefined }): Settings {
    settings = { ...settings, ...(part as Partial<Settings>) }
    events.publish({ type: 'changed', entity: 'settings' })
    return settings
  }

  return {
    engine: { api: router, close, wake } as unknown as Engine,
    close,
    wake,
    choose,
    get settings() {
      return settings
    },
    /** A delivery is written, or an operator changes it: everybody is told to look again. */
    put(told: Partial<Delivery> & Pick<Delivery, 'id'>): void {
      deliveries.set(told.id, deliveryOf({ ...deliveries.get(told.id), ...told }))
      events.publish({ type: 'changed', entity: 'deliveries' })
    },
    /** The sender has come so far with a delivery. */
    move(id: number, status: Delivery['status'], counts: Partial<MessageCounts>): void {
      const finishedAt = status === 'completed' ? new Date().toISOString() : null
      const moved = deliveryOf({ ...deliveries.get(id), id, status, messages: countsOf(counts), finishedAt })
      deliveries.set(id, moved)
      const { messages, startedAt } = moved
      events.publish({ type: 'delivery', id, status, messages, perSecond: 0, startedAt, finishedAt })
    },
    /** The gateway cannot be reached, refuses the token, or is well again. */
    channel(status: Channel['status']): void {
      channel = { ...channel, status }
      events.publish({ type: 'channel', channel })
    },
  }
}
