import { describe, expect, test } from 'vitest'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { everybody } from '#shared/domain/filter.ts'
import { noMessages } from '#shared/domain/states.ts'
import { composerProblems, draftProblems } from '../../renderer/features/deliveries/composer/composer-problems.ts'
import {
  type ComposerValues,
  composerValuesOf,
  copyOf,
  emptyComposer,
  scheduleOf,
  toInput,
  toLocalMoment,
  toPatch,
} from '../../renderer/features/deliveries/composer/composer-values.ts'

const now = new Date('2026-08-03T10:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

function composer(part: Partial<ComposerValues> = {}): ComposerValues {
  return { ...emptyComposer, text: 'Hello', ...part }
}

function delivery(part: Partial<Delivery> = {}): Delivery {
  return {
    id: 7,
    name: 'Sale',
    text: 'Hello',
    filter: everybody,
    startsAt: hours(2).toISOString(),
    endsAt: hours(26).toISOString(),
    window: null,
    ratePerSecond: null,
    status: 'draft',
    messages: { total: 0, byStatus: noMessages() },
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    startedAt: null,
    finishedAt: null,
    ...part,
  }
}

describe('a new delivery from the composer', () => {
  test('leaves defaults to the engine', () => {
    expect(toInput(composer(), false)).toEqual({
      text: 'Hello',
      filter: everybody,
      window: null,
      ratePerSecond: null,
      draft: false,
    })
  })

  test('contains every chosen value, times as instants', () => {
    const values = composer({
      name: '  Sale ',
      start: 'later',
      startsAt: toLocalMoment(hours(1)),
      endsAt: toLocalMoment(hours(5)),
      limitsHours: true,
      windowFrom: '22:00',
      windowTo: '06:00',
      ratePerSecond: 10,
    })
    expect(toInput(values, true)).toEqual({
      name: 'Sale',
      text: 'Hello',
      filter: everybody,
      startsAt: hours(1).toISOString(),
      endsAt: hours(5).toISOString(),
      window: { from: '22:00', to: '06:00' },
      ratePerSecond: 10,
      draft: true,
    })
  })

  test('leaves out a start that was replaced by "now"', () => {
    expect(toInput(composer({ start: 'now', startsAt: toLocalMoment(hours(1)) }), false)).not.toHaveProperty('startsAt')
  })
})

describe('the composer of a delivery', () => {
  test('has the future start and the default end', () => {
    expect(composerValuesOf(delivery(), now)).toMatchObject({
      start: 'later',
      startsAt: toLocalMoment(hours(2)),
      endsAt: null,
    })
  })

  test('starts a draft with a passed start now, with the default end', () => {
    const values = composerValuesOf(
      delivery({ startsAt: hours(-30).toISOString(), endsAt: hours(-6).toISOString() }),
      now,
    )
    expect(values).toMatchObject({ start: 'now', startsAt: null, endsAt: null })
    expect(scheduleOf(values, now)).toEqual({ startsAt: now, endsAt: hours(24) })
  })

  test('copies recipients, text, hours and rate, but not the schedule', () => {
    const model = delivery({
      status: 'completed',
      startedAt: hours(-30).toISOString(),
      startsAt: hours(-30).toISOString(),
      endsAt: hours(-20).toISOString(),
      filter: { ...everybody, tags: ['vip'] },
      window: { from: '10:00', to: '18:00' },
      ratePerSecond: 7,
    })
    const values = copyOf(model, 'Sale (copy)', now)
    expect(values).toMatchObject({
      name: 'Sale (copy)',
      text: model.text,
      filter: model.filter,
      limitsHours: true,
      windowFrom: '10:00',
      windowTo: '18:00',
      ratePerSecond: 7,
    })
    expect(scheduleOf(values, now)).toEqual({ startsAt: now, endsAt: hours(24) })
  })

  test('shows the end of a started delivery and sends only what may still change', () => {
    const begun = delivery({
      status: 'running',
      startsAt: hours(-1).toISOString(),
      endsAt: hours(23).toISOString(),
      startedAt: hours(-1).toISOString(),
    })
    const values = composerValuesOf(begun, now)
    expect(values.endsAt).toBe(toLocalMoment(hours(23)))
    expect(toPatch({ ...values, ratePerSecond: 5 }, 'some', now)).toEqual({
      name: 'Sale',
      endsAt: hours(23).toISOString(),
      window: null,
      ratePerSecond: 5,
    })
  })

  test('sends every field of a delivery that has not started', () => {
    expect(toPatch(composerValuesOf(delivery(), now), 'everything', now)).toEqual({
      name: 'Sale',
      text: 'Hello',
      filter: everybody,
      startsAt: hours(2).toISOString(),
      endsAt: hours(26).toISOString(),
      window: null,
      ratePerSecond: null,
    })
  })
})

describe('the problems of the composer', () => {
  const cases: readonly [name: string, part: Partial<ComposerValues>, problems: object][] = [
    ['nothing', {}, {}],
    ['a blank text', { text: ' \n' }, { text: 'text_empty' }],
    ['a text of more than 10,000 characters', { text: 'a'.repeat(10_001) }, { text: 'text_too_long' }],
    ['a name of more than 200 characters', { name: 'a'.repeat(201) }, { name: 'name_too_long' }],
    ['later, but when', { start: 'later' }, { startsAt: 'start_missing' }],
    [
      'a start that has passed',
      { start: 'later', startsAt: toLocalMoment(hours(-1)), endsAt: toLocalMoment(hours(1)) },
      { startsAt: 'start_past' },
    ],
    [
      'an end at the start',
      { start: 'later', startsAt: toLocalMoment(hours(1)), endsAt: toLocalMoment(hours(1)) },
      { endsAt: 'end_before_start' },
    ],
    ['a window without an end', { limitsHours: true, windowTo: '' }, { window: 'window_missing' }],
    ['an empty window', { limitsHours: true, windowFrom: '09:00', windowTo: '09:00' }, { window: 'window_empty' }],
    ['hours that are switched off', { limitsHours: false, windowFrom: '09:00', windowTo: '09:00' }, {}],
    ['a rate of nothing', { ratePerSecond: 0 }, { ratePerSecond: 'rate_invalid' }],
    ['half a message', { ratePerSecond: 1.5 }, { ratePerSecond: 'rate_invalid' }],
  ]
  test.each(cases)('%s', (_name, part, problems) => {
    expect(composerProblems(composer(part), now, 'everything')).toEqual(problems)
  })

  test('exclude text and start after the start, and include a passed end', () => {
    const values = composer({
      text: '',
      start: 'later',
      startsAt: toLocalMoment(hours(-5)),
      endsAt: toLocalMoment(hours(-1)),
    })
    expect(composerProblems(values, now, 'some')).toEqual({ endsAt: 'end_past' })
  })

  test('exclude a passed start of a draft, because it is not sent yet', () => {
    const values = composer({ start: 'later', startsAt: toLocalMoment(hours(-1)), endsAt: toLocalMoment(hours(1)) })
    expect(draftProblems(values, now)).toEqual({})
    expect(draftProblems(composer({ text: '' }), now)).toEqual({ text: 'text_empty' })
  })
})
