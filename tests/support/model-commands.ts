import fc from 'fast-check'
import type { LocalWindow } from '#shared/domain/sending-window.ts'
import type { HoldingPoint } from './held-session.ts'

/** How the gateway ends a request. */
export type Answer =
  | { readonly says: 'accepted' | 'rejected' | 'unauthorized' | 'connection' | 'timeout' }
  | { readonly says: 'busy'; readonly status: 429 | 503; readonly retryAfterMs: number | null }

/** A step of a story. Numbers of deliveries, clients, phones and flights are reduced to the valid range. */
export type Command =
  | {
      readonly do: 'deliver'
      readonly to: 'everybody' | 'vip'
      readonly startsInMs: number
      readonly lastsMs: number
      readonly window: LocalWindow | null
      readonly rate: number | null
    }
  | { readonly do: 'answer'; readonly flight: number; readonly flights: number; readonly with: Answer }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'delete'; readonly delivery: number }
  | { readonly do: 'end'; readonly delivery: number; readonly inMs: number }
  | { readonly do: 'window'; readonly delivery: number; readonly window: LocalWindow | null }
  | { readonly do: 'rate'; readonly delivery: number; readonly rate: number | null }
  | { readonly do: 'retry'; readonly delivery: number; readonly status: 'failed' | 'uncertain' }
  | {
      readonly do: 'resolve'
      readonly delivery: number
      readonly as: 'sent' | 'resend' | 'failed'
      readonly one: boolean
    }
  | { readonly do: 'optOut' | 'optIn' | 'forget'; readonly client: number }
  /** A client gets another phone; `listed`: the old phone is put on the do-not-contact list. */
  | { readonly do: 'move'; readonly client: number; readonly phone: number; readonly listed: boolean }
  | { readonly do: 'travel'; readonly client: number; readonly zone: number }
  | { readonly do: 'list' | 'unlist'; readonly phone: number }
  | { readonly do: 'pass' | 'jump'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number; readonly counted: boolean }
  | { readonly do: 'passToEnd'; readonly delivery: number; readonly byMs: number }
  | { readonly do: 'passToHours'; readonly delivery: number; readonly client: number; readonly byMs: number }
  | { readonly do: 'crash'; readonly policy: 'resend' | 'hold'; readonly accepted: number }
  | { readonly do: 'restart'; readonly policy: 'resend' | 'hold'; readonly withinMs: number }
  | { readonly do: 'aim'; readonly concurrency: number; readonly rate: number | null }
  | { readonly do: 'reopen' }
  /** The sender's next transaction waits for n commands. */
  | { readonly do: 'hold'; readonly where: HoldingPoint; readonly commands: number }
  /** The sender is not notified of the user's changes for n commands. */
  | { readonly do: 'deafen'; readonly commands: number }
  | { readonly do: 'trouble'; readonly statement: number }

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

const some = fc.nat({ max: 7 })
const clockTime = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 23), fc.constantFrom(0, 0, 15, 30))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const hours = fc
  .tuple(clockTime, clockTime)
  .map(([from, to]): LocalWindow | null => (from === to ? null : { from, to }))
const rate = fc.constantFrom(null, 1, 5, 50, null, null)
const policy = fc.constantFrom('resend' as const, 'hold' as const)

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ says: 'accepted' as const }) },
  { weight: 8, arbitrary: fc.constantFrom('connection' as const, 'timeout' as const).map((says) => ({ says })) },
  { weight: 4, arbitrary: fc.constant({ says: 'rejected' as const }) },
  { weight: 1, arbitrary: fc.constant({ says: 'unauthorized' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      says: fc.constant('busy' as const),
      status: fc.constantFrom(429 as const, 503 as const),
      retryAfterMs: fc.constantFrom(null, null, 0, 7 * second, 10 * minute),
    }),
  },
)

function weighed<Kind extends Command>(weight: number, model: { [Key in keyof Kind]: fc.Arbitrary<Kind[Key]> }) {
  return { weight, arbitrary: fc.record(model, { noNullPrototype: true }) as unknown as fc.Arbitrary<Command> }
}

/** The kind of command with this name. */
type Of<Name extends Command['do'], Kind = Command> = Kind extends { readonly do: infer Names }
  ? Name extends Names
    ? Kind
    : never
  : never
const is = <const Name extends Command['do']>(...names: Name[]) => fc.constantFrom(...names)

const deliver = weighed<Of<'deliver'>>(6, {
  do: is('deliver'),
  to: fc.constantFrom('everybody', 'vip', 'everybody'),
  startsInMs: fc.constantFrom(0, 0, 10 * second, 2 * hour, 0),
  lastsMs: fc.constantFrom(72 * hour, 26 * hour, 5 * hour, 10 * minute, hour, 120 * hour),
  window: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hours }),
  rate,
})

const command: fc.Arbitrary<Command> = fc.oneof(
  deliver,
  weighed<Of<'answer'>>(26, { do: is('answer'), flight: some, flights: fc.integer({ min: 1, max: 6 }), with: answer }),
  weighed<Of<'pause'>>(2, { do: is('pause'), delivery: some }),
  weighed<Of<'resume'>>(3, { do: is('resume'), delivery: some }),
  weighed<Of<'cancel'>>(1, { do: is('cancel', 'delete'), delivery: some }),
  weighed<Of<'end'>>(2, {
    do: is('end'),
    delivery: some,
    inMs: fc.constantFrom(30 * hour, 1, second, minute, 2 * hour, 90 * hour),
  }),
  weighed<Of<'window'>>(2, { do: is('window'), delivery: some, window: fc.option(hours) }),
  weighed<Of<'rate'>>(2, { do: is('rate'), delivery: some, rate }),
  weighed<Of<'retry'>>(3, {
    do: is('retry'),
    delivery: some,
    status: fc.constantFrom('failed', 'failed', 'uncertain'),
  }),
  weighed<Of<'resolve'>>(2, {
    do: is('resolve'),
    delivery: some,
    as: fc.constantFrom('sent', 'resend', 'failed'),
    one: fc.boolean(),
  }),
  weighed<Of<'optOut'>>(4, { do: is('optIn', 'optOut', 'forget', 'optIn'), client: some }),
  weighed<Of<'move'>>(2, { do: is('move'), client: some, phone: fc.nat({ max: 11 }), listed: fc.boolean() }),
  weighed<Of<'travel'>>(1, { do: is('travel'), client: some, zone: some }),
  weighed<Of<'list'>>(2, { do: is('list', 'unlist'), phone: fc.nat({ max: 11 }) }),
  weighed<Of<'pass'>>(14, {
    do: is('pass'),
    ms: fc.constantFrom(second, 1, 30, 200, 2 * second, 20 * second, hour, 6 * minute, minute, 6 * second),
  }),
  weighed<Of<'jump'>>(2, {
    do: is('jump'),
    ms: fc.constantFrom(-minute, -1, -hour, -26 * hour, 26 * hour, hour, 1, minute),
  }),
  weighed<Of<'sleep'>>(1, { do: is('sleep'), ms: fc.constantFrom(minute, 9 * hour, hour), counted: fc.boolean() }),
  weighed<Of<'passToEnd'>>(2, { do: is('passToEnd'), delivery: some, byMs: fc.constantFrom(-1, 0, 1) }),
  weighed<Of<'passToHours'>>(4, {
    do: is('passToHours'),
    delivery: some,
    client: some,
    byMs: fc.constantFrom(-1, 0, 1),
  }),
  weighed<Of<'crash'>>(3, { do: is('crash'), policy, accepted: fc.nat({ max: 255 }) }),
  weighed<Of<'restart'>>(1, { do: is('restart'), policy, withinMs: fc.constantFrom(0, 500, 5 * second) }),
  weighed<Of<'aim'>>(2, { do: is('aim'), concurrency: fc.integer({ min: 1, max: 6 }), rate }),
  weighed<Of<'reopen'>>(5, { do: is('reopen') }),
  weighed<Of<'hold'>>(8, {
    do: is('hold'),
    where: fc.constantFrom('before', 'after'),
    commands: fc.integer({ min: 1, max: 4 }),
  }),
  weighed<Of<'deafen'>>(6, { do: is('deafen'), commands: fc.integer({ min: 2, max: 4 }) }),
  weighed<Of<'trouble'>>(2, { do: is('trouble'), statement: fc.nat({ max: 12 }) }),
)

/** Times shortly before a clock change of one of the zones, and an ordinary time. */
const beginnings = [
  '2026-11-23T10:00:00.000Z',
  '2026-03-29T00:30:00.000Z',
  '2026-10-25T00:30:00.000Z',
  '2026-03-08T06:30:00.000Z',
  '2026-11-01T05:30:00.000Z',
  '2026-10-03T15:00:00.000Z',
  '2026-04-04T14:30:00.000Z',
] as const

/** One story of a dispatcher. */
export interface Story {
  readonly begins: string
  /** Seed of the sender's random numbers. */
  readonly dice: number
  readonly commands: readonly Command[]
}

export const story: fc.Arbitrary<Story> = fc
  .record(
    {
      begins: fc.constantFrom(...beginnings),
      dice: fc.nat(),
      commands: fc
        .tuple(deliver.arbitrary, fc.array(command, { minLength: 1, maxLength: 60, size: 'max' }))
        .map(([first, others]) => [first, ...others]),
    },
    { noNullPrototype: true },
  )
  .map((given) => ({ ...given, [fc.toStringMethod]: () => asText(given) }))

/** Returns a line for each command, to read in a failure and paste into a test. */
function asText({ begins, dice, commands }: Story): string {
  return `\nbegins: '${begins}', dice: ${dice}, commands:\n  ${commands.map((each) => JSON.stringify(each)).join(',\n  ')}\n`
}
