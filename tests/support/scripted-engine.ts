import { implement } from '@orpc/server'
import { vi } from 'vitest'
import type { Parts } from '#electron/api/parts.ts'
import { progressApi } from '#electron/api/progress.ts'
import { defaultSettings } from '#electron/api/settings.ts'
import { createEvents } from '#electron/base/events.ts'
import type { Engine } from '#electron/engine.ts'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { Channel, GatewaySettings } from '#shared/contract/gateway.ts'
import { contract } from '#shared/contract/index.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { webhookDraftSchema } from '#shared/contract/webhook.ts'
import { type MessageCounts, noMessages, totalOf } from '#shared/domain/states.ts'

const api = implement(contract)

/** Returns a delivery with the fields that the test gives, and defaults. */
function deliveryOf(given: Partial<Delivery> & Pick<Delivery, 'id'>): Delivery {
  return {
    name: `Delivery ${given.id}`,
    text: 'Hello',
    filter: { match: 'all', operatorCodes: [], tags: [], timeZones: [], languages: [], excludeTags: [] },
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
    ...given,
  }
}

function countsOf(counts: Partial<MessageCounts>): Delivery['messages'] {
  const byStatus = { ...noMessages(), ...counts }
  return { total: totalOf(byStatus), byStatus }
}

function statisticsOf(deliveries: readonly Delivery[]) {
  const byStatus = { draft: 0, scheduled: 0, running: 0, paused: 0, completed: 0, cancelled: 0 }
  for (const { status } of deliveries) byStatus[status] += 1
  return { deliveries: { total: deliveries.length, byStatus }, messages: countsOf({ queued: 7, sent: 2 }), results: [] }
}

/** A gateway whose address contains every kind of secret. */
const gateway: GatewaySettings = {
  kind: 'http',
  url: 'https://anna:secret-word@gateway.example/v1/send/secret-path?key=secret-key',
  hasToken: true,
  tokenExpiresAt: null,
  concurrency: 32,
  timeoutMs: 10_000,
  ratePerSecond: null,
  interrupted: 'resend',
  sandbox: { latencyMs: 5, errorRate: 0, ratePerSecond: null },
  webhook: webhookDraftSchema.parse({ url: 'https://hooks.example/secret-path' }),
  fromEnvironment: [],
}

/**
 * Returns an engine that does only what the test says: it reports changes of deliveries and gateway through the part of
 * the contract that the desktop listens to, like the real one.
 */
export function scriptedEngine(chosen: Partial<Settings> = {}) {
  const events = createEvents()
  const deliveries = new Map<number, Delivery>()
  let settings: Settings = { ...defaultSettings, language: 'en', ...chosen }
  let channel: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
  const close = vi.fn(async () => undefined)
  const wake = vi.fn()
  const untilLocked = (signal: AbortSignal | undefined): AbortSignal => signal ?? new AbortController().signal

  const router = {
    deliveries: {
      list: api.deliveries.list.handler(({ input }) => {
        const items = [...deliveries.values()].filter(({ status }) => status === input.status)
        return { items, nextCursor: null, count: items.length }
      }),
      get: api.deliveries.get.handler(({ input }) => deliveryOf(deliveries.get(input.id) ?? { id: input.id })),
    },
    clients: { count: api.clients.count.handler(() => ({ count: 3 })) },
    statistics: { general: api.statistics.general.handler(() => statisticsOf([...deliveries.values()])) },
    gateway: {
      channel: api.gateway.channel.handler(() => channel),
      get: api.gateway.get.handler(() => gateway),
    },
    settings: {
      get: api.settings.get.handler(() => settings),
      update: api.settings.update.handler(({ input }) => choose(input)),
      about: api.settings.about.handler(() => ({
        version: '0.1.0',
        dataDir: '/home/anna/Herald',
        dataDirFromEnvironment: false,
        isPortable: false,
        platform: 'linux',
        host: 'desktop' as const,
        machineTimeZone: 'Europe/Moscow',
      })),
    },
    progress: progressApi({ events, untilLocked } as unknown as Parts),
  }

  function choose(part: { readonly [key in keyof Settings]?: Settings[key] | undefined }): Settings {
    settings = { ...settings, ...(part as Partial<Settings>) }
    events.publish({ type: 'changed', entity: 'settings' })
    return settings
  }

  return {
    engine: { api: router, internalApi: router, close, wake } as unknown as Engine,
    close,
    wake,
    choose,
    changed: (entity: 'lock'): void => events.publish({ type: 'changed', entity }),
    get settings() {
      return settings
    },
    /** Writes a delivery, and reports the change. */
    put(given: Partial<Delivery> & Pick<Delivery, 'id'>): void {
      deliveries.set(given.id, deliveryOf({ ...deliveries.get(given.id), ...given }))
      events.publish({ type: 'changed', entity: 'deliveries' })
    },
    /** Reports the sender's progress with a delivery. */
    move(id: number, status: Delivery['status'], counts: Partial<MessageCounts>): void {
      const finishedAt = status === 'completed' ? new Date().toISOString() : null
      const moved = deliveryOf({ ...deliveries.get(id), id, status, messages: countsOf(counts), finishedAt })
      deliveries.set(id, moved)
      const { messages, startedAt } = moved
      events.publish({ type: 'delivery', id, status, messages, perSecond: 0, startedAt, finishedAt })
    },
    /** Reports the gateway's status. */
    channel(status: Channel['status']): void {
      channel = { ...channel, status, reason: 'Anna, +7 900 000-00-01: no' }
      events.publish({ type: 'channel', channel })
    },
  }
}
