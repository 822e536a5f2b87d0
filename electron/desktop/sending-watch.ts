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

type GatewayStatus = Channel['status']
type DeliveryEvent = Extract<ProgressEvent, { readonly type: 'delivery' }>

interface RunningDelivery {
  readonly name: string
  readonly messages: Delivery['messages']
}

/** The status of sending at one moment. */
export interface SendingStatus {
  /** The number of running deliveries. */
  readonly running: number
  /** The share of their messages that have a result, from 0 to 1; 0 while nothing runs. */
  readonly share: number
  /** The number of deliveries that wait for their start. */
  readonly scheduled: number
  readonly channel: GatewayStatus
}

/** A change that the user should hear of without looking at the window. */
export type SendingEvent =
  | {
      readonly kind: 'completed'
      readonly id: number
      /** Null while the program is locked: a bystander must not read it. */
      readonly name: string | null
      readonly sent: number
      readonly missed: number
    }
  | { readonly kind: 'channel'; readonly status: Exclude<GatewayStatus, 'open'> }

interface SendingListener {
  onStatus(status: SendingStatus): void
  onEvent(event: SendingEvent): void
  /** The settings must be read: at the beginning, and after each change. */
  onSettings(): void
  /** The program was locked. */
  onLocked(): void
}

/** The status before the engine has answered. */
export const idleStatus: SendingStatus = { running: 0, share: 0, scheduled: 0, channel: 'open' }

const retryAfterMs = 1_000
const maxRunningRead = 1_000

/** Follows the engine's stream of changes until `end` is called. A call that fails is logged and repeated. */
export class SendingWatch {
  readonly #api: EngineApi
  readonly #listener: SendingListener
  readonly #log: Log
  readonly #ending = new AbortController()
  readonly #openedAt = Date.now()
  readonly #running = new Map<number, RunningDelivery>()
  /** Deliveries whose completion has been reported, until they run again. */
  readonly #reported = new Set<number>()
  readonly #followed: Promise<void>
  #scheduled = 0
  #channel: GatewayStatus = 'open'
  #status = idleStatus

  constructor(api: EngineApi, listener: SendingListener, log: Log) {
    this.#api = api
    this.#listener = listener
    this.#log = log
    this.#followed = this.#followUntilEnd()
  }

  /** Reads the status from the engine. Returns the last known status if that fails. */
  async readStatus(): Promise<SendingStatus> {
    try {
      await this.#readDeliveries()
    } catch (error) {
      this.#log.warn(`the desktop cannot read what runs: ${String(error)}`)
    }
    return this.#status
  }

  /** Stops listening; resolves once no call is in flight. */
  async end(): Promise<void> {
    this.#ending.abort()
    await this.#followed
  }

  get #options(): { readonly signal: AbortSignal } {
    return { signal: this.#ending.signal }
  }

  async #followUntilEnd(): Promise<void> {
    const { signal } = this.#ending
    while (!signal.aborted) {
      try {
        await this.#follow()
      } catch (error) {
        if (!signal.aborted) this.#log.warn(`the desktop does not hear the engine: ${String(error)}`)
      }
      await setTimeout(retryAfterMs, undefined, { signal }).catch(() => undefined) // `end` cuts it short
    }
  }

  async #follow(): Promise<void> {
    const events = await this.#api.progress.live(undefined, this.#options)
    // The stream begins at the first `next`; the current state is read after that, so that no change is missed.
    let next = events.next()
    next.catch(() => undefined)
    this.#listener.onSettings()
    const { status } = await this.#api.gateway.channel(undefined, this.#options)
    this.#setChannel(status)
    await this.#readDeliveries()
    await this.#readLock()
    while (!this.#ending.signal.aborted) {
      const { done, value } = await next
      if (done === true) return
      next = events.next()
      next.catch(() => undefined)
      await this.#onChange(value)
    }
  }

  async #onChange(event: ProgressEvent): Promise<void> {
    if (event.type === 'channel') {
      this.#setChannel(event.channel.status)
      this.#publish()
    } else if (event.type === 'delivery') await this.#onDelivery(event)
    else if (event.entity === 'deliveries') await this.#readDeliveries()
    else if (event.entity === 'settings') this.#listener.onSettings()
    else if (event.entity === 'lock') await this.#readLock()
  }

  async #onDelivery({ id, status, messages, finishedAt }: DeliveryEvent): Promise<void> {
    const before = this.#running.get(id)
    if (status === 'running') {
      this.#reported.delete(id)
      if (before === undefined) return this.#readDeliveries()
      this.#running.set(id, { name: before.name, messages })
      return this.#publish()
    }
    if (before !== undefined) await this.#readDeliveries()
    const isNew = before !== undefined || (finishedAt !== null && Date.parse(finishedAt) >= this.#openedAt)
    if (status !== 'completed' || !isNew || this.#reported.has(id)) return
    this.#reported.add(id)
    const name = before?.name ?? (await this.#api.deliveries.get({ id }, this.#options)).name
    // Read last: the program may be locked at any moment before the event is reported.
    const { isLocked } = await this.#api.lock.state(undefined, this.#options)
    this.#listener.onEvent({ kind: 'completed', id, name: isLocked ? null : name, ...resultOf(messages.byStatus) })
  }

  async #readDeliveries(): Promise<void> {
    const [running, scheduled] = await Promise.all([
      this.#api.deliveries.list({ status: 'running', limit: maxRunningRead }, this.#options),
      this.#api.deliveries.list({ status: 'scheduled', limit: 1 }, this.#options),
    ])
    this.#running.clear()
    for (const { id, name, messages } of running.items) this.#running.set(id, { name, messages })
    this.#scheduled = scheduled.count
    this.#publish()
  }

  async #readLock(): Promise<void> {
    const { isLocked } = await this.#api.lock.state(undefined, this.#options)
    if (isLocked) this.#listener.onLocked()
  }

  #setChannel(status: GatewayStatus): void {
    if (status === this.#channel) return
    this.#channel = status
    if (status !== 'open') this.#listener.onEvent({ kind: 'channel', status })
  }

  #publish(): void {
    const share = finishedShare(this.#running.values())
    this.#status = { running: this.#running.size, share, scheduled: this.#scheduled, channel: this.#channel }
    this.#listener.onStatus(this.#status)
  }
}

function finishedShare(deliveries: Iterable<RunningDelivery>): number {
  let total = 0
  let open = 0
  for (const { messages } of deliveries) {
    total += messages.total
    open += messages.byStatus.queued + messages.byStatus.sending
  }
  return total === 0 ? 0 : (total - open) / total
}

/** Messages that the user cancelled are not missed. */
function resultOf({ sent, failed, expired, uncertain }: MessageCounts) {
  return { sent, missed: failed + expired + uncertain }
}
