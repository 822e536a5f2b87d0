import { describe, expect, test } from 'vitest'
import {
  allows,
  type DeliveryAction,
  type DeliveryStatus,
  deliveryActions,
  deliveryStatuses,
  editable,
  isFinal,
  messageStatuses,
  noMessages,
  totalOf,
} from '#shared/domain/states.ts'

describe('what can be done to a delivery', () => {
  const allowed: { readonly [status in DeliveryStatus]: readonly DeliveryAction[] } = {
    draft: ['schedule', 'start', 'cancel'],
    scheduled: ['start', 'pause', 'cancel'],
    running: ['pause', 'cancel'],
    paused: ['resume', 'cancel'],
    completed: [],
    cancelled: [],
  }
  test.each(deliveryStatuses)('%s', (status) => {
    expect(deliveryActions.filter((action) => allows(status, action))).toEqual(allowed[status])
  })
})

describe('what may be edited', () => {
  test.each([
    ['draft', false, 'everything'],
    ['scheduled', false, 'everything'],
    ['running', true, 'some'],
    ['paused', true, 'some'],
    ['paused', false, 'everything'],
    ['completed', true, 'nothing'],
    ['cancelled', true, 'nothing'],
    ['cancelled', false, 'nothing'],
  ] as const)('%s, started: %s', (status, hasStarted, verdict) => {
    expect(editable(status, hasStarted)).toBe(verdict)
  })
})

test('a message is final once its status cannot change', () => {
  expect(messageStatuses.filter(isFinal)).toEqual(['sent', 'failed', 'expired', 'cancelled'])
})

test('counts begin at nought for every status and add up', () => {
  const counts = noMessages()
  expect(Object.keys(counts)).toEqual([...messageStatuses])
  expect(totalOf(counts)).toBe(0)
  for (const [index, status] of messageStatuses.entries()) counts[status] = 10 ** index
  expect(totalOf(counts)).toBe(1_111_111)
})

test('counts are fresh each time', () => {
  noMessages().sent += 1
  expect(noMessages().sent).toBe(0)
})
