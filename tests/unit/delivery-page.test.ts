import { describe, expect, test } from 'vitest'
import { noMessages } from '#shared/domain/states.ts'
import { averagePerSecond, msSpent, shareDone } from '../../renderer/components/pace-figures.ts'
import { availableCommands } from '../../renderer/features/deliveries/available-commands.ts'
import { insertAt, lineAt, placeholderFor } from '../../renderer/features/deliveries/composer/merge-variables.ts'
import { capacityOf } from '../../renderer/features/deliveries/composer/summary.ts'
import { invisibleCode, isCyrillic } from '../../renderer/features/deliveries/composer/text-length.ts'
import { resolveOptionsAt } from '../../renderer/features/deliveries/follow-up.ts'
import { axisTicks, spreadEvenly } from '../../renderer/features/deliveries/page/timeline.ts'

const noon = Date.parse('2026-08-03T12:00:00Z')
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString()

describe('the timeline of a chart', () => {
  test('draws a pause as zero, not as a straight line', () => {
    const { stepMs, moments } = spreadEvenly(
      [
        { at: at(0), sent: 5, failed: 0 },
        { at: at(1), sent: 6, failed: 1 },
        { at: at(4), sent: 7, failed: 0 },
      ],
      null,
    )
    expect(stepMs).toBe(1000)
    expect(moments.map((moment) => moment.sent)).toEqual([5, 6, 0, 0, 7])
    expect(moments.map((moment) => moment.failed)).toEqual([0, 1, 0, 0, 0])
  })

  test('merges hours of seconds into distinguishable points, without losing results', () => {
    const seconds = Array.from({ length: 7200 }, (_, index) => ({ at: at(index), sent: 2, failed: 1 }))
    const { stepMs, moments } = spreadEvenly(seconds, null)
    expect(stepMs).toBe(60_000)
    expect(moments).toHaveLength(120)
    expect(moments.reduce((sum, moment) => sum + moment.sent, 0)).toBe(14_400)
    expect(moments.reduce((sum, moment) => sum + moment.failed, 0)).toBe(7200)
  })

  test('omits the incomplete moment of a running delivery and shows a standstill', () => {
    const points = [0, 1, 2].map((second) => ({ at: at(second), sent: 4, failed: 0 }))
    expect(spreadEvenly(points, noon + 5500).moments.map((moment) => moment.sent)).toEqual([4, 4, 4, 0, 0])
  })

  test('draws a single point', () => {
    expect(spreadEvenly([{ at: at(0), sent: 3, failed: 0 }], null).moments).toHaveLength(2)
    expect(spreadEvenly([], null).moments).toEqual([])
  })

  test('has few and round axis ticks', () => {
    const even = spreadEvenly(
      [0, 57].map((second) => ({ at: at(second), sent: 1, failed: 0 })),
      null,
    )
    const ticks = axisTicks(even, 6)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThanOrEqual(7)
    for (const tick of ticks) expect(tick % 10_000).toBe(0)
  })
})

describe('pace', () => {
  const messages = { total: 100, byStatus: { ...noMessages(), queued: 30, sending: 10, sent: 50, failed: 10 } }

  test('includes the duration and the average rate', () => {
    expect(msSpent({ startedAt: at(0), finishedAt: at(30) })).toBe(30_000)
    expect(msSpent({ startedAt: at(0), finishedAt: null })).toBeNull()
    expect(averagePerSecond(messages, 30_000)).toBe(2)
    expect(averagePerSecond(messages, 20)).toBe(60)
  })
})

test('only a finished delivery is at 100 %', () => {
  const almost = { total: 10_000, byStatus: { ...noMessages(), queued: 1, sent: 9999 } }
  expect(shareDone(almost, 100)).toBe(0.99)
  expect(shareDone(almost, 1000)).toBe(0.999)
  expect(shareDone({ total: 2, byStatus: { ...noMessages(), sent: 1, failed: 1 } }, 100)).toBe(1)
})

describe('the commands of a delivery', () => {
  const without = { messages: { total: 0, byStatus: noMessages() }, finishedAt: null }
  const failed = { messages: { total: 3, byStatus: { ...noMessages(), failed: 2, uncertain: 1 } } }
  const later = { startsAt: at(3600), endsAt: at(7200), ...without }
  const due = { startsAt: at(-60), endsAt: at(3600), ...without }
  const past = { startsAt: at(-7200), endsAt: at(-3600), ...without }

  test.each([
    ['a draft for later', { status: 'draft', ...later }, ['schedule', 'start', 'cancel', 'delete']],
    ['a draft that is due', { status: 'draft', ...due }, ['start', 'cancel', 'delete']],
    ['a draft whose end has passed', { status: 'draft', ...past }, ['cancel', 'delete']],
    ['a scheduled one', { status: 'scheduled', ...later }, ['start', 'pause', 'cancel', 'delete']],
    ['a running one', { status: 'running', ...due }, ['pause', 'cancel', 'delete']],
    ['a paused one', { status: 'paused', ...due }, ['resume', 'cancel', 'delete']],
    ['a completed one', { status: 'completed', ...past }, ['delete']],
    ['a cancelled one', { status: 'cancelled', ...due }, ['delete']],
    [
      'a running one with failed messages',
      { status: 'running', ...due, ...failed },
      ['pause', 'retry', 'cancel', 'delete'],
    ],
    [
      'a paused one with failed messages',
      { status: 'paused', ...due, ...failed },
      ['resume', 'retry', 'cancel', 'delete'],
    ],
    ['a completed one with failed messages', { status: 'completed', ...due, ...failed }, ['retry', 'delete']],
    ['a completed one whose end has passed', { status: 'completed', ...past, ...failed }, ['delete']],
    ['a cancelled one with failed messages', { status: 'cancelled', ...due, ...failed }, ['delete']],
  ] as const)('%s', (_name, delivery, commands) => {
    expect(availableCommands(delivery, noon)).toEqual(commands)
  })

  test('an end after the last tick of the screen’s clock counts', () => {
    const delivery = { status: 'completed', ...due, ...failed, endsAt: at(5), finishedAt: at(6) } as const
    expect(availableCommands(delivery, noon)).toEqual(['delete'])
    expect(resolveOptionsAt(delivery, noon, 1)).toEqual({ resolutions: ['sent', 'failed'], blocker: 'ended' })
    expect(availableCommands({ ...delivery, finishedAt: at(4) }, noon)).toEqual(['retry', 'delete'])
  })
})

describe('merge variables', () => {
  test.each([
    ['name', '{{ name }}'],
    ['город', '{{ город }}'],
    ['first name', '{{ ["first name"] }}'],
    ['2nd', '{{ ["2nd"] }}'],
    ['say "hi"', `{{ ['say "hi"'] }}`],
  ])('%s', (variable, piece) => {
    expect(placeholderFor(variable)).toBe(piece)
  })

  test('an insertion replaces the selection and puts the cursor after it', () => {
    expect(insertAt('Hello you!', 6, 9, '{{ name }}')).toEqual({ text: 'Hello {{ name }}!', cursor: 16 })
  })

  test('a problem is found in its line, and a long line is shortened around it', () => {
    expect(lineAt('one\ntwo {{ x', 2, 5)).toEqual({ before: 'two ', after: '{{ x', offset: 8 })
    const { before, after, offset } = lineAt(`${'a'.repeat(100)}{{ x${'b'.repeat(100)}`, 1, 101)
    expect(before).toBe(`…${'a'.repeat(36)}`)
    expect(after).toBe(`{{ x${'b'.repeat(36)}…`)
    expect(offset).toBe(100)
  })
})

describe('the character that requires an encoding', () => {
  test('an invisible character is named by its code, and a look-alike by its script', () => {
    expect(invisibleCode('\u200b')).toBe('U+200B')
    expect(invisibleCode('\u00a0')).toBe('U+00A0')
    expect(invisibleCode('ё')).toBeNull()
    expect(isCyrillic('О')).toBe(true)
    expect(isCyrillic('O')).toBe(false)
  })

  test('a rate limit determines how many messages fit before the end', () => {
    const schedule = { startsAt: new Date(noon), endsAt: new Date(noon + 60_000) }
    expect(capacityOf(5, schedule)).toBe(300)
    expect(capacityOf('', schedule)).toBeNull()
  })
})
