import { describe, expect, test } from 'vitest'
import { reachOf } from '#electron/deliveries/reach.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'
import type { LocalWindow } from '#shared/domain/sending-window.ts'
import { addClient, phoneNumber } from '../support/factories.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { openTestStore } from '../support/test-store.ts'

const minuteMs = 60_000
const day: LocalWindow = { from: '09:00', to: '21:00' }
const night: LocalWindow = { from: '22:00', to: '06:00' }

/** A directory in which so many clients live in each zone. */
async function directoryOf(zones: Readonly<Record<string, number>>) {
  const store = await openTestStore()
  const everyone = Object.entries(zones).flatMap(([timeZone, clients]) => Array<string>(clients).fill(timeZone))
  for (const [n, timeZone] of everyone.entries()) await addClient(store, { phone: phoneNumber(n), timeZone })
  return store
}

interface Wish {
  readonly window: LocalWindow | null
  readonly startsAt?: string
  readonly endsAt: string
  readonly now: string
  readonly filter?: Filter
}

type Case = readonly [string, Readonly<Record<string, number>>, Wish, object]

const cases: readonly Case[] = [
  [
    'any hour: everybody, from the start on',
    { 'Europe/Moscow': 2, 'Asia/Vladivostok': 1 },
    { window: null, now: '2026-11-23T10:00:00Z', startsAt: '2026-11-23T12:00:00Z', endsAt: '2026-11-23T13:00:00Z' },
    { clients: 3, unreachable: 0, firstAt: '2026-11-23T12:00:00.000Z', lastAt: '2026-11-23T12:00:00.000Z' },
  ],
  [
    'those whose day is over before the start wait for the next, which comes after the end',
    { 'Europe/Moscow': 2, 'Asia/Vladivostok': 3 },
    { window: day, now: '2026-11-23T12:00:00Z', endsAt: '2026-11-23T20:00:00Z' },
    { clients: 5, unreachable: 3, firstAt: '2026-11-23T12:00:00.000Z', lastAt: '2026-11-23T12:00:00.000Z' },
  ],
  [
    'the last is the one whose window opens last',
    { 'Europe/Moscow': 1, 'Asia/Vladivostok': 1, 'America/New_York': 1 },
    { window: day, now: '2026-11-23T12:00:30Z', endsAt: '2026-11-24T12:00:00Z' },
    { clients: 3, unreachable: 0, firstAt: '2026-11-23T12:00:30.000Z', lastAt: '2026-11-23T23:00:00.000Z' },
  ],
  [
    'a window that opens at the very end is of no use',
    { 'Europe/Moscow': 4 },
    { window: day, now: '2026-11-23T01:00:00Z', endsAt: '2026-11-23T06:00:00Z' },
    { clients: 4, unreachable: 4, firstAt: null, lastAt: null },
  ],
  [
    'a millisecond more is enough',
    { 'Europe/Moscow': 4 },
    { window: day, now: '2026-11-23T01:00:00Z', endsAt: '2026-11-23T06:00:00.001Z' },
    { clients: 4, unreachable: 0, firstAt: '2026-11-23T06:00:00.000Z', lastAt: '2026-11-23T06:00:00.000Z' },
  ],
  [
    'a start that has passed is now',
    { 'Europe/Moscow': 1 },
    { window: day, now: '2026-11-23T18:30:00Z', startsAt: '2026-11-23T10:00:00Z', endsAt: '2026-11-24T05:00:00Z' },
    { clients: 1, unreachable: 1, firstAt: null, lastAt: null },
  ],
  [
    'an end that has passed reaches nobody, whatever the hour',
    { 'Europe/Moscow': 1 },
    { window: null, now: '2026-11-23T10:00:00Z', startsAt: '2026-11-22T10:00:00Z', endsAt: '2026-11-23T10:00:00Z' },
    { clients: 1, unreachable: 1, firstAt: null, lastAt: null },
  ],
  [
    'an end before the start likewise',
    { 'Europe/Moscow': 1 },
    { window: null, now: '2026-11-23T10:00:00Z', startsAt: '2026-11-23T12:00:00Z', endsAt: '2026-11-23T11:00:00Z' },
    { clients: 1, unreachable: 1, firstAt: null, lastAt: null },
  ],
  [
    'past midnight the night of the day before still counts',
    { 'Europe/Moscow': 1 },
    { window: night, now: '2026-11-23T02:59:00Z', endsAt: '2026-11-23T03:00:00Z' },
    { clients: 1, unreachable: 0, firstAt: '2026-11-23T02:59:00.000Z', lastAt: '2026-11-23T02:59:00.000Z' },
  ],
  [
    'a window inside the hour that is missing opens a day later, after the end',
    { 'Europe/Berlin': 2, 'Africa/Lagos': 1 },
    {
      window: { from: '02:10', to: '02:50' },
      now: '2026-03-29T00:30:00Z',
      endsAt: '2026-03-30T00:10:00Z',
    },
    { clients: 3, unreachable: 2, firstAt: '2026-03-29T01:10:00.000Z', lastAt: '2026-03-29T01:10:00.000Z' },
  ],
  [
    'in the hour that comes twice the window opens twice',
    { 'Europe/Berlin': 1 },
    { window: { from: '02:30', to: '02:45' }, now: '2026-10-25T00:50:00Z', endsAt: '2026-10-25T01:31:00Z' },
    { clients: 1, unreachable: 0, firstAt: '2026-10-25T01:30:00.000Z', lastAt: '2026-10-25T01:30:00.000Z' },
  ],
  [
    'only whom the filter selects',
    { 'Europe/Moscow': 2, 'Asia/Vladivostok': 3 },
    {
      window: day,
      now: '2026-11-23T12:00:00Z',
      endsAt: '2026-11-23T20:00:00Z',
      filter: { ...everybody, timeZones: ['Asia/Vladivostok'] },
    },
    { clients: 3, unreachable: 3, firstAt: null, lastAt: null },
  ],
  [
    'nobody',
    {},
    { window: day, now: '2026-11-23T12:00:00Z', endsAt: '2026-11-23T20:00:00Z' },
    { clients: 0, unreachable: 0, firstAt: null, lastAt: null },
  ],
]

describe('whom a delivery reaches', () => {
  test.each(cases)('%s', async (_name, zones, { now, filter = everybody, ...wish }, expected) => {
    const store = await directoryOf(zones)
    expect(await reachOf(store.read.audience, { filter, ...wish }, Date.parse(now))).toEqual(expected)
  })
})

test('those who opted out are not waited for', async () => {
  const store = await directoryOf({ 'Europe/Moscow': 1 })
  await addClient(store, {
    phone: phoneNumber(9),
    timeZone: 'Asia/Vladivostok',
    optedOutAt: '2026-01-01T00:00:00Z',
  })
  const question = { filter: everybody, window: day, endsAt: '2026-11-23T15:00:00Z' }
  expect(await reachOf(store.read.audience, question, Date.parse('2026-11-23T12:00:00Z'))).toMatchObject({
    clients: 1,
    unreachable: 0,
  })
})

/** Zones of every kind: whole hours, halves and quarters, with and without summer time, which is of half an hour or two. */
const zones = {
  'Europe/Berlin': 1,
  'America/New_York': 2,
  'America/St_Johns': 1,
  'Australia/Lord_Howe': 3,
  'Pacific/Chatham': 1,
  'Pacific/Kiritimati': 2,
  'Pacific/Pago_Pago': 1,
  'Asia/Kathmandu': 1,
  'Antarctica/Troll': 2,
  'Africa/Casablanca': 1,
  UTC: 1,
}

/** Days on which clocks change somewhere, and one on which they do not. */
const days = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-09-27',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2027-01-15',
]

/** Short windows at night, where clocks change, stand beside any others. */
function drawWindow(random: ReturnType<typeof seededRandom>): LocalWindow {
  const clockTime = (): string => {
    const minute = random.between(0, 1439)
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  }
  const window = random.chance(0.5)
    ? { from: clockTime(), to: clockTime() }
    : { from: random.oneOf(['01:30', '02:05', '02:30', '03:00']), to: random.oneOf(['02:10', '02:45', '03:01']) }
  return window.from === window.to ? drawWindow(random) : window
}

test('it is what one finds by walking from minute to minute', async () => {
  const store = await directoryOf(zones)
  const random = seededRandom(20261125)
  const hourMs = 60 * minuteMs
  for (let run = 0; run < 150; run += 1) {
    const window = drawWindow(random)
    const now = Date.parse(`${random.oneOf(days)}T00:00:00Z`) + random.between(-12 * hourMs, 36 * hourMs)
    const startsAt = now + random.between(-hourMs, 2 * hourMs)
    const endsAt = startsAt + random.between(1, random.chance(0.5) ? 8 * hourMs : 50 * hourMs)
    const question = { filter: everybody, window, startsAt: toIso(startsAt), endsAt: toIso(endsAt) }
    const found = walk(window, Math.max(now, startsAt), endsAt)
    expect(await reachOf(store.read.audience, question, now), JSON.stringify({ now, question })).toEqual(found)
  }
})

/** Looks at the clocks of every zone at the start and at each full minute until the end. */
function walk(window: LocalWindow, startsAt: number, endsAt: number) {
  const openings = Object.entries(zones).map(([timeZone, clients]) => {
    let at = startsAt
    while (at < endsAt && !isOpen(window, timeZone, at)) at = (Math.floor(at / minuteMs) + 1) * minuteMs
    return { clients, at: at < endsAt ? at : null }
  })
  const times = openings.flatMap(({ at }) => (at === null ? [] : [at]))
  return {
    clients: openings.reduce((sum, { clients }) => sum + clients, 0),
    unreachable: openings.reduce((sum, { clients, at }) => sum + (at === null ? clients : 0), 0),
    firstAt: times.length === 0 ? null : toIso(Math.min(...times)),
    lastAt: times.length === 0 ? null : toIso(Math.max(...times)),
  }
}

const wallClocks = new Map<string, Intl.DateTimeFormat>()

function isOpen({ from, to }: LocalWindow, timeZone: string, at: number): boolean {
  const clock =
    wallClocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' })
  wallClocks.set(timeZone, clock)
  const time = clock.format(at)
  return from < to ? from <= time && time < to : from <= time || time < to
}

function toIso(at: number): string {
  return new Date(at).toISOString()
}
