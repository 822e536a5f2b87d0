import { setTimeout } from 'node:timers/promises'
import type { ContractRouterClient } from '@orpc/contract'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { Channel } from '#shared/contract/gateway.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import type { MessageCounts } from '#shared/domain/states.ts'
import type { Log } from '../base/log.ts'

/** The engine as the main process calls it: the same contract that the console speaks. */
export type EngineApi = ContractRouterClient<Contract>

interface UnderWay {
  readonly name: string
  readonly messages: Delivery['messages']
}

/** How sending stands at this moment. */
export interface Standing {
  /** Deliveries that run. */
  readonly running: number
  /** How much of all their messages has its result, 0 to 1; 0 while nothing runs. */
  readonly share: number
  /** Deliveries that wait for their start. */
  readonly scheduled: number
  readonly channel: Channel['status']
}

/** What is worth telling somebody who does not look. */
export type News =
  | {
      readonly kind: 'completed'
      readonly id: number
      /** Null while the lock is closed: whoever passes by must not read it. */
      readonly name: string | null
      readonly sent: number
      readonly missed: number
    }
  | { readonly kind: 'channel'; readonly status: Exclude<Channel['status'], 'open'> }

export interface Watch {
  readonly standing: Standing
  /** Reads how it stands now, without waiting for the stream to tell; what it told last where that cannot be read. */
  look(): Promise<Standing>
  /** Stops listening; resolves once no call is under way. */
  end(): Promise<void>
}

interface Listener {
  onStanding(standing: Standing): void
  onNews(news: News): void
  /** The settings are to be read: at the beginning, and when the operator has chosen otherwise. */
  onSettings(): void
  /** The lock has closed. */
  onLocked(): void
}

/** Before anything is known. */
export const nothingKnown: Standing = { running: 0, share: 0, scheduled: 0, channel: 'open' }

const pauseMs = 1_000
const mostRead = 1_000

/** Follows the engine's own stream of changes until `end` is called; a call that fails is said in the log and tried again. */
export function watchSending(api: EngineApi, listener: Listener, log: Log): Watch {
  const leaving = new AbortController()
  const { signal } = leaving
  const openedAt = Date.now()
  const underWay = new Map<number, UnderWay>()
  /** Deliveries whose end has been told, until they run again. */
  const told = new Set<number>()
  let scheduled = 0
  let channel: Channel['status'] = 'open'
  let standing = nothingKnown

  function show(): void {
    standing = { running: underWay.size, share: shareOf(underWay.values()), scheduled, channel }
    listener.onStanding(standing)
  }

  async function takeStock(): Promise<void> {
    const [running, waiting] = await Promise.all([
      api.deliveries.list({ status: 'running', limit: mostRead }, { signal }),
      api.deliveries.list({ status: 'scheduled', limit: 1 }, { signal }),
    ])
    underWay.clear()
    for (const { id, name, messages } of running.items) underWay.set(id, { name, messages })
    scheduled = waiting.count
    show()
  }

  async function follow(): Promise<void> {
    const events = await api.progress.live(undefined, { signal })
    // The stream begins when it is first asked; what stood before is read once it listens.
    let next = events.next()
    next.catch(() => undefined)
    listener.onSettings()
    const { status } = await api.gateway.channel(undefined, { signal })
    hearChannel(status)
    await takeStock()
    await hearLock()
    while (!signal.aborted) {
      const { done, value } = await next
      if (done === true) return
      next = events.next()
      next.catch(() => undefined)
      await take(value)
    }
  }

  async function take(event: ProgressEvent): Promise<void> {
    if (event.type === 'channel') {
      hearChannel(event.channel.status)
      show()
    } else if (event.type === 'delivery') await move(event)
    else if (event.entity === 'deliveries') await takeStock()
    else if (event.entity === 'settings') listener.onSettings()
    else if (event.entity === 'lock') await hearLock()
  }

  async function move(event: Extract<ProgressEvent, { readonly type: 'delivery' }>): Promise<void> {
    const { id, status, messages, finishedAt } = event
    const before = underWay.get(id)
    if (status === 'running') {
      told.delete(id)
      if (before === undefined) return takeStock()
      underWay.set(id, { name: before.name, messages })
      return show()
    }
    if (before !== undefined) await takeStock()
    const isNew = before !== undefined || (finishedAt !== null && Date.parse(finishedAt) >= openedAt)
    if (status !== 'completed' || !isNew || told.has(id)) return
    told.add(id)
    const name = before?.name ?? (await api.deliveries.get({ id }, { signal })).name
    // Asked last: the lock may close at any moment before the news is told.
    const { isLocked } = await api.lock.state(undefined, { signal })
    listener.onNews({ kind: 'completed', id, name: isLocked ? null : name, ...outcomeOf(messages.byStatus) })
  }

  async function hearLock(): Promise<void> {
    const { isLocked } = await api.lock.state(undefined, { signal })
    if (isLocked) listener.onLocked()
  }

  function hearChannel(status: Channel['status']): void {
    if (status === channel) return
    channel = status
    if (status !== 'open') listener.onNews({ kind: 'channel', status })
  }

  async function followOn(): Promise<void> {
    while (!signal.aborted) {
      try {
        await follow()
      } catch (error) {
        if (!signal.aborted) log.warn(`the desktop does not hear the engine: ${String(error)}`)
      }
      // Ended early by whoever leaves.
      await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }

  const following = followOn()
  return {
    get standing() {
      return standing
    },
    async look() {
      try {
        await takeStock()
      } catch (error) {
        log.warn(`the desktop cannot read what runs: ${String(error)}`)
      }
      return standing
    },
    async end() {
      leaving.abort()
      await following
    },
  }
}

function shareOf(deliveries: Iterable<UnderWay>): number {
  let total = 0
  let open = 0
  for (const { messages } of deliveries) {
    total += messages.total
    open += messages.byStatus.queued + messages.byStatus.sending
  }
  return total === 0 ? 0 : (total - open) / total
}

/** Whoever was cancelled one by one was so at the operator's word, and is not missed. */
function outcomeOf({ sent, failed, expired, uncertain }: MessageCounts) {
  return { sent, missed: failed + expired + uncertain }
}
