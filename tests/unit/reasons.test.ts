import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { translateReason } from '../../renderer/api/reasons.ts'
import shell from '../../renderer/locales/ru/shell.json' with { type: 'json' }

const { reasons } = shell

beforeAll(async () => {
  await i18next.init({ lng: 'ru', resources: { ru: { shell } }, interpolation: { escapeValue: false } })
})

// Word for word as the engine says them; `tests/integration/second-chances.test.ts` hears it do so.
test.each([
  ['the delivery has no failed messages', reasons.noneFailed],
  ['there is no message here whose fate is unknown', reasons.settledAlready],
  ['the delivery was cancelled: nothing of it is sent any more', reasons.cancelledForGood],
  // Not the advice to set a later end: one that is over cannot be given another.
  ['the end of the delivery has passed: nothing of it is sent any more', reasons.endedForGood],
  ['the end of the delivery has passed: set a later one first', reasons.endPassed],
  ['the client is deleted: nothing is sent to them any more', reasons.clientDeleted],
  ['the client has opted out: nothing is sent to them any more', reasons.clientOptedOut],
  // `tests/integration/lock.test.ts` hears these.
  ['this is not the passphrase', reasons.wrongPassphrase],
  [
    'this is not the passphrase: wait 8 s before the next attempt',
    reasons.wrongPassphraseWait.replace('{{seconds, number}}', '8'),
  ],
  ['wait 30 s before the next attempt', reasons.passphraseWait.replace('{{seconds, number}}', '30')],
  ['the present passphrase is required', reasons.empty],
  // `tests/unit/desktop-secret-box.test.ts` hears this; the program asks by its beginning whether a key file will do.
  [
    'This system offers no keyring, so the gateway token cannot be stored safely. Install or unlock one (GNOME Keyring, KWallet) and start Herald again, or set HERALD_GATEWAY_TOKEN in the environment',
    reasons.noKeyring,
  ],
  ['a passphrase has at least 8 characters', reasons.shortPassphrase.replace('{{least, number}}', '8')],
])('"%s" is told in the words of the operator', (said, words) => {
  expect(translateReason(said, i18next.getFixedT('ru', 'shell'))).toBe(words)
})
