import { expect, test } from 'vitest'
import { clientStatuses, editableFields } from '../../renderer/components/activity-words.ts'
import en from '../../renderer/locales/en/activity.json' with { type: 'json' }
import ru from '../../renderer/locales/ru/activity.json' with { type: 'json' }
import { deliveryPatchSchema } from '../../shared/contract/deliveries.ts'
import { reasonCodes } from '../../shared/domain/reasons.ts'

test.each([
  ['English', en],
  ['Russian', ru],
] as const)('the console has words of its own in %s for everything that the engine tells', (_, words) => {
  expect(Object.keys(words.because).sort()).toEqual([...reasonCodes].sort())
  expect(Object.keys(words.status).sort()).toEqual([...clientStatuses].sort())
  expect(Object.keys(words.field).sort()).toEqual([...editableFields].sort())
})

test('every field of a delivery that can be changed is told by name', () => {
  expect([...editableFields].sort()).toEqual(Object.keys(deliveryPatchSchema.shape).sort())
})
