import i18next, { type TFunction } from 'i18next'
import { describe, expect, test } from 'vitest'
import type { Reach } from '#shared/contract/deliveries.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'
import type { Format } from '../../renderer/components/format.ts'
import {
  type ComposerValues,
  emptyComposer,
  reachQuestionOf,
  scheduleOf,
  toLocalMoment,
} from '../../renderer/features/deliveries/composer/composer-values.ts'
import { describeMoments, reachLevelOf } from '../../renderer/features/deliveries/composer/reach-text.ts'
import { summarize } from '../../renderer/features/deliveries/composer/summary.ts'
import deliveries from '../../renderer/locales/en/deliveries.json' with { type: 'json' }

const now = new Date('2026-08-03T10:00:42.500Z')
const minute = new Date('2026-08-03T10:00:00.000Z')
const hours = (count: number, from = now) => new Date(from.getTime() + count * 3_600_000)
const vip: Filter = { ...everybody, tags: ['vip'] }

function composer(part: Partial<ComposerValues> = {}): ComposerValues {
  return { ...emptyComposer, filter: vip, text: 'Hello', limitsHours: true, ...part }
}

const words = i18next.createInstance()
await words.init({ lng: 'en', resources: { en: { deliveries } }, interpolation: { escapeValue: false } })
const t: TFunction<'deliveries'> = words.getFixedT('en', 'deliveries')
/** Formats a moment as its hour, the only difference here. */
const format = {
  moment: (at: string | Date) => new Date(at).toISOString().slice(11, 16),
  duration: (ms: number) => `${ms / 1000} s`,
} as Format

function reach(part: Partial<Reach>): Reach {
  const firstAt = '2026-08-03T10:00:00Z'
  return { clients: 20, unreachable: 0, firstAt, lastAt: '2026-08-03T16:00:00Z', ...part }
}

const question = { filter: vip, window: { from: '09:00', to: '21:00' } }

describe('the reach query', () => {
  const asked: readonly [string, Partial<ComposerValues>, object | null][] = [
    ['is null without hours', { limitsHours: false }, null],
    ['is null if an hour is missing', { windowTo: '' }, null],
    ['is null for an empty window', { windowTo: '09:00' }, null],
    ['is null without a start', { start: 'later' }, null],
    [
      'is null if the end is before the start',
      { start: 'later', startsAt: toLocalMoment(hours(5)), endsAt: toLocalMoment(hours(4)) },
      null,
    ],
    [
      'is null if the end has passed',
      { start: 'later', startsAt: toLocalMoment(hours(-3)), endsAt: toLocalMoment(hours(-1)) },
      null,
    ],
    [
      'starts with the present minute and lasts a day by default',
      {},
      { ...question, startsAt: minute.toISOString(), endsAt: hours(24, minute).toISOString() },
    ],
    [
      'uses the chosen times',
      { start: 'later', startsAt: toLocalMoment(hours(1, minute)), endsAt: toLocalMoment(hours(3, minute)) },
      { ...question, startsAt: hours(1, minute).toISOString(), endsAt: hours(3, minute).toISOString() },
    ],
  ]
  test.each(asked)('%s', (_name, part, expected) => {
    expect(reachQuestionOf(composer(part), now)).toEqual(expected)
  })

  test('it stays the same for a minute, so that it is sent once', () => {
    expect(reachQuestionOf(composer(), new Date('2026-08-03T10:00:59.999Z'))).toEqual(reachQuestionOf(composer(), now))
  })
})

describe('the text of an answer', () => {
  test.each([
    ['is empty for an empty audience', reach({ clients: 0, firstAt: null, lastAt: null }), null, null],
    ['all', reach({}), 'everybody', 'Sending starts between 10:00 and 16:00, depending on the time zone.'],
    ['everybody at the same time', reach({ lastAt: '2026-08-03T10:00:00Z' }), 'everybody', 'Sending starts at 10:00.'],
    ['some', reach({ unreachable: 3 }), 'some', 'For the others, sending starts between 10:00 and 16:00.'],
    [
      'everybody but one at the same time',
      reach({ unreachable: 1, lastAt: '2026-08-03T10:00:00Z' }),
      'some',
      'For the others, sending starts at 10:00.',
    ],
    ['none', reach({ unreachable: 20, firstAt: null, lastAt: null }), 'nobody', null],
  ])('%s', (_name, answer, reached, moments) => {
    expect(reachLevelOf(answer)).toBe(reached)
    expect(describeMoments(answer, t, format)).toBe(moments)
  })
})

describe('the summary', () => {
  const sentences = (
    answer: Reach | null,
    more: { values?: Partial<ComposerValues>; optedOut?: number; gatewayRate?: number } = {},
  ) => {
    const values = { ...composer(), ...more.values }
    const schedule = scheduleOf(values, minute)
    if (schedule === null) throw new Error('there is no schedule')
    const { optedOut = 0, gatewayRate = null } = more
    return summarize(
      { values, schedule, clients: 20, optedOut, gatewayRate, reach: answer, hasStarted: false },
      t,
      format,
    )
  }
  const people = (count: number) => `${count} clients get this text, starting immediately.`
  const rest = ['Unsent messages expire on 10:00.', 'Messages are sent between 09:00 and 21:00, client’s local time.']

  test.each([
    ['leaves out the reach until it is known', null, [people(20), ...rest]],
    [
      'says that everybody is reached, and when',
      reach({}),
      [
        people(20),
        ...rest,
        'All recipients can be reached before the end.',
        'Sending starts between 10:00 and 16:00, depending on the time zone.',
      ],
    ],
    ['counts only the clients that are reached', reach({ unreachable: 3 }), [people(17), ...rest]],
    ['names recipients only if somebody is reached', reach({ unreachable: 20, firstAt: null, lastAt: null }), rest],
  ])('%s', (_name, answer, expected) => {
    expect(sentences(answer)).toEqual(expected)
  })

  test('names selected clients who opted out', () => {
    expect(sentences(null, { optedOut: 3 }).at(-1)).toBe('3 opted-out clients excluded.')
  })

  test.each([
    ['the delivery’s own rate', { values: { ratePerSecond: 2 } }, 'At 2 messages per second'],
    [
      'the gateway’s rate, if it is lower',
      { values: { ratePerSecond: 9 }, gatewayRate: 4 },
      'limited to 4 messages per second',
    ],
    ['the gateway’s alone', { gatewayRate: 1 }, 'limited to 1 message per second, so this takes at least'],
  ])('says how long it takes at %s', (_name, more, words) => {
    expect(sentences(null, more).at(-1)).toContain(words)
  })
})
