import { expect, test } from 'vitest'
import { storedLockSchema } from '../../electron/lock/lock.ts'
import { clientStatuses, editableFields } from '../../renderer/components/activity-names.ts'
import en from '../../renderer/locales/en/activity.json' with { type: 'json' }
import ru from '../../renderer/locales/ru/activity.json' with { type: 'json' }
import { backupPolicySchema } from '../../shared/contract/backups.ts'
import { clientPatchSchema } from '../../shared/contract/clients.ts'
import { deliveryPatchSchema } from '../../shared/contract/deliveries.ts'
import { gatewayPatchSchema } from '../../shared/contract/gateway.ts'
import { settingsSchema } from '../../shared/contract/settings.ts'
import { activityReasonCodes } from '../../shared/domain/activity-reasons.ts'

test.each([
  ['English', en],
  ['Russian', ru],
] as const)('in %s, the console translates every status and field that the engine reports', (_, words) => {
  expect(Object.keys(words.because).sort()).toEqual([...activityReasonCodes].sort())
  expect(Object.keys(words.status).sort()).toEqual([...clientStatuses].sort())
  expect(Object.keys(words.field).sort()).toEqual([...editableFields].sort())
})

test('every editable field of a delivery, a client and the settings has a name', () => {
  // The store holds a sealed token; an opt-out has its own status; how a token is sealed belongs to the token.
  const untold = new Set(['optedOutAt', 'keyFile'])
  const fields = [
    deliveryPatchSchema,
    clientPatchSchema,
    gatewayPatchSchema,
    settingsSchema,
    backupPolicySchema,
    storedLockSchema,
  ].flatMap((schema) => Object.keys(schema.shape).map((field) => (field === 'token' ? 'sealedToken' : field)))
  expect([...editableFields].sort()).toEqual([...new Set(fields)].filter((field) => !untold.has(field)).sort())
})
