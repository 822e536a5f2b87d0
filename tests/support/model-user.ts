import { toInstant } from '#electron/base/clock.ts'
import { changeDeliveryState } from '#electron/deliveries/delivery-commands.ts'
import { resolveUncertain, resolveUncertainMessage } from '#electron/deliveries/resolve-uncertain.ts'
import { retryMessages } from '#electron/deliveries/retry-failed.ts'
import { changeDelivery, createDelivery } from '#electron/deliveries/write-delivery.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '#electron/store/errors.ts'
import type { StoreWrites } from '#electron/store/store.ts'
import { clientInputSchema } from '#shared/contract/clients.ts'
import { type DeliveryPatch, deliveryInputSchema } from '#shared/contract/deliveries.ts'
import { phoneNumber } from './factories.ts'
import type { Command } from './model-commands.ts'
import {
  type KnownClient,
  type KnownDelivery,
  type Truth,
  withClient,
  withDelivery,
  withListed,
  withoutClient,
  withoutListed,
} from './model-truth.ts'
import type { TestStore } from './test-store.ts'

/** Zones whose clocks change by an hour, by half of one, at a quarter to three, and never. */
const zones = [
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/St_Johns',
  'UTC',
] as const

/** Changes the store as the console does, and knows the expected state. */
export interface SimulatedUser {
  readonly truth: Truth
  /** Fills the directory: a client in each zone, every other one a vip. */
  begin(): Promise<void>
  /** Executes a command. Returns false if the program refuses it. */
  execute(command: Command): Promise<boolean>
  /** The delivery with a command's number. */
  delivery(number: number): KnownDelivery | undefined
  client(number: number): KnownClient | undefined
}

const emptyTruth: Truth = { clients: new Map(), listed: new Set(), deliveries: new Map() }

/** The expected state of the store, changed only together with it. */
function keepTruth(store: TestStore) {
  let truth = emptyTruth

  const at = <Value>(values: Iterable<Value>, number: number): Value | undefined => {
    const list = [...values]
    return list[number % list.length]
  }
  const delivery = (number: number) =>
    at(
      [...truth.deliveries.values()].filter(({ control }) => control !== 'deleted'),
      number,
    )
  const client = (number: number) => at(truth.clients.values(), number)

  /** Makes a change; the expected state follows if the program accepts it. */
  async function change(work: (writes: StoreWrites) => Promise<Truth>): Promise<boolean> {
    try {
      truth = await store.write(work)
      return true
    } catch (error) {
      if (error instanceof ConflictError || error instanceof InvalidInputError || error instanceof NotFoundError)
        return false
      throw error
    }
  }

  return {
    get truth() {
      return truth
    },
    delivery,
    client,
    change,
  }
}

type KeptTruth = ReturnType<typeof keepTruth>

/** The commands for a delivery. */
function deliveryActs(kept: KeptTruth, now: () => number) {
  function lead(known: KnownDelivery | undefined, name: 'pause' | 'resume' | 'cancel' | 'delete'): Promise<boolean> {
    if (known === undefined) return Promise.resolve(false)
    const control = { pause: 'paused', resume: 'going', cancel: 'cancelled', delete: 'deleted' } as const
    return kept.change(async (writes) => {
      if (name === 'delete') await writes.deliveries.delete(known.id)
      else await changeDeliveryState(writes, known.id, name, now())
      return withDelivery(kept.truth, { ...known, control: control[name] })
    })
  }

  function edit(
    known: KnownDelivery | undefined,
    patch: DeliveryPatch,
    fields: Partial<KnownDelivery>,
  ): Promise<boolean> {
    if (known === undefined) return Promise.resolve(false)
    return kept.change(async (writes) => {
      await changeDelivery(writes, known.id, patch, now())
      return withDelivery(kept.truth, { ...known, ...fields })
    })
  }

  function give(command: Extract<Command, { do: 'deliver' }>): Promise<boolean> {
    const { to, window, rate } = command
    const startsAt = now() + command.startsInMs
    const endsAt = startsAt + command.lastsMs
    const tags = to === 'vip' ? ['vip'] : []
    return kept.change(async (writes) => {
      const input = deliveryInputSchema.parse({
        text: 'Hello {{ name }}',
        filter: { match: 'all', operatorCodes: [], tags, timeZones: [], languages: [], excludeTags: [] },
        startsAt: toInstant(startsAt),
        endsAt: toInstant(endsAt),
        window,
        ratePerSecond: rate,
      })
      const id = await createDelivery(writes, input, now())
      return withDelivery(kept.truth, { id, to, startsAt, endsAt, window, rate, control: 'going' })
    })
  }

  function giveChance(command: Extract<Command, { do: 'retry' | 'resolve' }>): Promise<boolean> {
    const known = kept.delivery(command.delivery)
    if (known === undefined) return Promise.resolve(false)
    return kept.change(async (writes) => {
      const row = await writes.deliveries.find(known.id)
      if (command.do === 'retry') await retryMessages(writes, known.id, command.status, now())
      else if (command.one) {
        const { results } = await writes.messages.page({
          deliveryId: known.id,
          status: 'uncertain',
          limit: 1,
          offset: 0,
        })
        await resolveUncertainMessage(writes, results[0]?.id ?? 0, command.as, now())
      } else await resolveUncertain(writes, known.id, command.as, now())
      const isQueued = command.do === 'retry' || command.as === 'resend'
      // A completed delivery runs again, even if it completed while paused.
      return isQueued && row?.status === 'completed'
        ? withDelivery(kept.truth, { ...known, control: 'going' })
        : kept.truth
    })
  }

  return { lead, edit, give, giveChance }
}

/** The commands for a client, or for a phone on the list. */
function clientActs(kept: KeptTruth, now: () => number) {
  function move(known: KnownClient | undefined, phone: string, isOldListed: boolean): Promise<boolean> {
    if (known === undefined) return Promise.resolve(false)
    return kept.change(async (writes) => {
      await writes.clients.update(known.id, { phone }, now())
      const moved = withClient(kept.truth, { ...known, phone })
      // An opt-out moves with the client.
      const settled = kept.truth.listed.has(known.phone) ? withListed(moved, phone) : moved
      if (!isOldListed || phone === known.phone) return settled
      await writes.doNotContact.add([known.phone], now())
      return withListed(settled, known.phone)
    })
  }

  function tend(known: KnownClient | undefined, name: 'optOut' | 'optIn' | 'forget'): Promise<boolean> {
    if (known === undefined) return Promise.resolve(false)
    return kept.change(async (writes) => {
      if (name === 'forget') {
        await writes.clients.delete(known.id)
        return withoutClient(kept.truth, known.id)
      }
      await writes.clients.update(known.id, { optedOutAt: name === 'optOut' ? toInstant(now()) : null }, now())
      return name === 'optOut' ? withListed(kept.truth, known.phone) : withoutListed(kept.truth, known.phone)
    })
  }

  function travel(known: KnownClient | undefined, timeZone: string): Promise<boolean> {
    if (known === undefined) return Promise.resolve(false)
    return kept.change(async (writes) => {
      await writes.clients.update(known.id, { timeZone }, now())
      return withClient(kept.truth, { ...known, timeZone })
    })
  }

  async function begin(): Promise<void> {
    await kept.change(async (writes) => {
      let filled = kept.truth
      for (const [n, timeZone] of zones.entries()) {
        const input = { phone: phoneNumber(n), timeZone, name: `Client ${n}`, tags: n % 2 === 0 ? ['vip'] : [] }
        const { id, phone } = await writes.clients.create(clientInputSchema.parse(input), now())
        filled = withClient(filled, { id, phone, timeZone, isVip: n % 2 === 0 })
      }
      return filled
    })
  }

  const list = (phone: string) =>
    kept.change(async (writes) => {
      await writes.doNotContact.add([phone], now())
      return withListed(kept.truth, phone)
    })
  const unlist = (phone: string) =>
    kept.change(async (writes) => {
      await writes.doNotContact.remove(phone, now())
      return withoutListed(kept.truth, phone)
    })

  return { begin, move, tend, travel, list, unlist }
}

export function createSimulatedUser(store: TestStore, now: () => number): SimulatedUser {
  const kept = keepTruth(store)
  const deliveries = deliveryActs(kept, now)
  const clients = clientActs(kept, now)

  return {
    get truth() {
      return kept.truth
    },
    delivery: kept.delivery,
    client: kept.client,
    begin: clients.begin,
    async execute(command) {
      switch (command.do) {
        case 'deliver':
          return deliveries.give(command)
        case 'pause':
        case 'resume':
        case 'cancel':
        case 'delete':
          return deliveries.lead(kept.delivery(command.delivery), command.do)
        case 'end': {
          const endsAt = now() + command.inMs
          return deliveries.edit(kept.delivery(command.delivery), { endsAt: toInstant(endsAt) }, { endsAt })
        }
        case 'window':
          return deliveries.edit(
            kept.delivery(command.delivery),
            { window: command.window },
            { window: command.window },
          )
        case 'rate':
          return deliveries.edit(
            kept.delivery(command.delivery),
            { ratePerSecond: command.rate },
            { rate: command.rate },
          )
        case 'retry':
        case 'resolve':
          return deliveries.giveChance(command)
        case 'optOut':
        case 'optIn':
        case 'forget':
          return clients.tend(kept.client(command.client), command.do)
        case 'move':
          return clients.move(kept.client(command.client), phoneNumber(command.phone), command.listed)
        case 'travel':
          return clients.travel(kept.client(command.client), zones[command.zone % zones.length] ?? 'UTC')
        case 'list':
          return clients.list(phoneNumber(command.phone))
        case 'unlist':
          return clients.unlist(phoneNumber(command.phone))
        default:
          return false
      }
    },
  }
}
