import { describe, expect, test } from 'vitest'
import { mergeHistory } from '../../renderer/features/deliveries/messages/merge-history.ts'
import type { ActivityEntry } from '../../shared/contract/activity.ts'
import type { Attempt } from '../../shared/contract/messages.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString()

/** Numbered requests at these seconds. */
const requestsAt = (...seconds: number[]): Attempt[] =>
  seconds.map((second, index) => ({
    number: index + 1,
    startedAt: at(second),
    durationMs: 5,
    httpStatus: 200,
    counted: true,
    status: 'sent',
    answer: null,
    error: null,
  }))

const changesAt = (...seconds: number[]): ActivityEntry[] =>
  seconds.map((second, index) => ({
    id: index + 1,
    at: at(second),
    deliveryId: 1,
    messageId: 1,
    clientId: 1,
    status: 'queued',
    was: null,
    by: null,
    because: null,
    until: null,
    messages: null,
    timeZone: null,
    clients: null,
    tags: null,
    segment: null,
    template: null,
    settings: null,
    edited: [],
    changes: [],
  }))

const cases: readonly [string, Attempt[], ActivityEntry[], string[]][] = [
  ['nothing happened', [], [], []],
  ['there were only requests', requestsAt(1, 2), [], ['request 2', 'request 1']],
  ['there were only changes', [], changesAt(1, 2), ['change 2', 'change 1']],
  [
    'changes came before, between and after the requests',
    requestsAt(2, 4),
    changesAt(1, 3, 5),
    ['change 3', 'request 2', 'change 2', 'request 1', 'change 1'],
  ],
  ['a change and a request have the same time', requestsAt(1), changesAt(1, 1), ['request 1', 'change 2', 'change 1']],
  [
    'the clock was set back between the requests',
    requestsAt(10, 5),
    changesAt(9, 11, 6),
    ['change 3', 'change 2', 'request 2', 'request 1', 'change 1'],
  ],
]

describe('the history of a message, newest first', () => {
  test.each(cases)('when %s', (_, history, changes, expected) => {
    const names = mergeHistory({ history, changes }).map((entry) =>
      entry.kind === 'request' ? `request ${entry.attempt.number}` : `change ${entry.change.id}`,
    )
    expect(names).toEqual(expected)
  })
})
