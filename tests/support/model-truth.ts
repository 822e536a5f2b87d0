import type { LocalWindow } from '#shared/domain/sending-window.ts'

export interface KnownClient {
  readonly id: number
  readonly phone: string
  readonly timeZone: string
  readonly isVip: boolean
}

export interface KnownDelivery {
  readonly id: number
  readonly to: 'everybody' | 'vip'
  readonly startsAt: number
  readonly endsAt: number
  readonly window: LocalWindow | null
  readonly rate: number | null
  /** The state that the user has chosen; the program decides when it starts and completes. */
  readonly control: 'going' | 'paused' | 'cancelled' | 'deleted'
}

export interface KnownMessage {
  readonly id: number
  readonly deliveryId: number
  readonly clientId: number
  readonly phone: string
}

/** The user's input so far, which the program must follow. Immutable. */
export interface Truth {
  readonly clients: ReadonlyMap<number, KnownClient>
  readonly listed: ReadonlySet<string>
  readonly deliveries: ReadonlyMap<number, KnownDelivery>
}

export function withClient(truth: Truth, client: KnownClient): Truth {
  return { ...truth, clients: new Map(truth.clients).set(client.id, client) }
}

export function withoutClient(truth: Truth, id: number): Truth {
  return { ...truth, clients: new Map([...truth.clients].filter(([other]) => other !== id)) }
}

export function withDelivery(truth: Truth, delivery: KnownDelivery): Truth {
  return { ...truth, deliveries: new Map(truth.deliveries).set(delivery.id, delivery) }
}

export function withListed(truth: Truth, phone: string): Truth {
  return { ...truth, listed: new Set([...truth.listed, phone]) }
}

export function withoutListed(truth: Truth, phone: string): Truth {
  return { ...truth, listed: new Set([...truth.listed].filter((other) => other !== phone)) }
}

/** Returns the clients of a delivery that starts now. */
export function audienceIn({ clients, listed }: Truth, { to }: KnownDelivery): number[] {
  return [...clients.values()]
    .filter(({ phone, isVip }) => !listed.has(phone) && (to === 'everybody' || isVip))
    .map(({ id }) => id)
    .sort((a, b) => a - b)
}

/** Returns why no request may begin for a message now; null if one may. */
export function obstacle(truth: Truth, message: KnownMessage, at: number): string | null {
  const delivery = truth.deliveries.get(message.deliveryId)
  const client = truth.clients.get(message.clientId)
  if (delivery === undefined) return 'its delivery is unknown'
  if (delivery.control !== 'going') return `its delivery is ${delivery.control}`
  if (at >= delivery.endsAt) return `its delivery has ended ${at - delivery.endsAt} ms ago`
  if (client === undefined) return 'its client is deleted'
  if (truth.listed.has(client.phone)) return 'its client has opted out'
  if (truth.listed.has(message.phone)) return 'its phone is on the do-not-contact list'
  const { window } = delivery
  if (window !== null && !isOpen(window, client.timeZone, at))
    return `it is ${clockIn(client.timeZone, at)} for its client, outside ${window.from}-${window.to}`
  return null
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Returns the local time in a zone, `HH:MM`. */
function clockIn(timeZone: string, at: number): string {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' })
  clocks.set(timeZone, clock)
  return clock.format(at)
}

/** Whether a window is open; implemented independently of the program, to check it. */
function isOpen({ from, to }: LocalWindow, timeZone: string, at: number): boolean {
  const time = clockIn(timeZone, at)
  return from < to ? from <= time && time < to : !(to <= time && time < from)
}

/** Returns the first minute after `at` at which a window opens or closes. */
export function nextEdge(window: LocalWindow, timeZone: string, at: number): number {
  const minute = 60_000
  const before = isOpen(window, timeZone, at)
  let next = Math.floor(at / minute) * minute + minute
  while (isOpen(window, timeZone, next) === before && next < at + 48 * 60 * minute) next += minute
  return next
}
