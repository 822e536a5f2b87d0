import type { TFunction } from 'i18next'
import { describePhoneProblem } from '#shared/domain/phone.ts'
import { describeStoreTrouble, storeTroubles } from '#shared/domain/store-trouble.ts'
import { webhookReasons } from './webhook-reasons.ts'

type Translate = TFunction<'shell'>

interface Known {
  /** The engine's sentence; its groups are the words that differ. */
  readonly said: RegExp
  readonly tell: (t: Translate, words: readonly string[]) => string
}

/**
 * The engine gives its reasons in English, because REST has no language. Those that the operator can run into are
 * told in the operator's own; one that is not here stands as it came, which is still better than none.
 */
const known: readonly Known[] = [
  ...webhookReasons,
  ...storeTroubles.map((trouble) => ({
    said: exactly(describeStoreTrouble(trouble)),
    tell: (t: Translate) => t(`reasons.store.${trouble}`),
  })),
  { said: exactly(describePhoneProblem('empty')), tell: (t) => t('reasons.phone.empty') },
  { said: exactly(describePhoneProblem('characters')), tell: (t) => t('reasons.phone.characters') },
  { said: exactly(describePhoneProblem('length')), tell: (t) => t('reasons.phone.length') },
  { said: exactly(describePhoneProblem('country')), tell: (t) => t('reasons.phone.country') },
  { said: exactly(describePhoneProblem('rounded')), tell: (t) => t('reasons.phone.rounded') },
  { said: /has the phone (\d+) already/, tell: (t) => t('reasons.phone.taken') },
  { said: /^must be a phone number$/, tell: (t) => t('reasons.phoneNumber') },
  { said: /^must not be empty$|^is required$/, tell: (t) => t('reasons.empty') },
  { said: /^must have three digits$|^an operator code has three digits$/, tell: (t) => t('reasons.operatorCode') },
  { said: /^must be an IANA time zone/, tell: (t) => t('reasons.timeZone') },
  { said: /^a tag must not be empty$/, tell: (t) => t('reasons.emptyTag') },
  { said: /^a tag has at most 100 characters$/, tell: (t) => t('reasons.longTag') },
  { said: /^a client has at most 100 tags$/, tell: (t) => t('reasons.manyTags') },
  { said: /^the name has more than 200 characters$/, tell: (t) => t('reasons.longName') },
  { said: /^the value has more than 10000 characters$/, tell: (t) => t('reasons.longValue') },
  { said: /^the quotation marks of this line do not pair/, tell: (t) => t('reasons.brokenLine') },
  {
    said: /^the line has (\d+) columns, the header only (\d+)/,
    tell: (t, [line, header]) => t('reasons.wideLine', { line: Number(line), header: Number(header) }),
  },
  { said: /^the file is empty/, tell: (t) => t('reasons.emptyFile') },
  { said: /^this is an old Excel workbook/, tell: (t) => t('reasons.oldWorkbook') },
  {
    said: /^the workbook is larger than (\d+) MB/,
    tell: (t, [most]) => t('reasons.largeWorkbook', { most: Number(most) }),
  },
  { said: /^the sheet is too large to be read/, tell: (t) => t('reasons.largeSheet') },
  { said: /^the workbook is damaged/, tell: (t) => t('reasons.damagedWorkbook') },
  { said: /^another import is under way/, tell: (t) => t('reasons.otherImport') },
  { said: /^The import was stopped: nothing of it stays/, tell: (t) => t('reasons.importStopped') },
  { said: /^the first line cannot be read/, tell: (t) => t('reasons.noCsv') },
  { said: /^must be a time of day such as/, tell: (t) => t('reasons.clockTime') },
  { said: /^the window must not be empty/, tell: (t) => t('reasons.emptyWindow') },
  { said: /^the end must come after the start$/, tell: (t) => t('reasons.endBeforeStart') },
  { said: /^the delivery was cancelled: nothing of it is sent/, tell: (t) => t('reasons.cancelledForGood') },
  { said: /^the end of the delivery has passed: nothing of it/, tell: (t) => t('reasons.endedForGood') },
  { said: /^the delivery has no \w+ messages$/, tell: (t) => t('reasons.noneFailed') },
  { said: /^there is no message here whose fate is unknown$/, tell: (t) => t('reasons.settledAlready') },
  { said: /^the client is deleted: nothing is sent/, tell: (t) => t('reasons.clientDeleted') },
  { said: /^the client has opted out: nothing is sent/, tell: (t) => t('reasons.clientOptedOut') },
  { said: /^this phone is on the do-not-contact list/, tell: (t) => t('reasons.phoneListed') },
  {
    said: /^there are (\d+) templates already/,
    tell: (t, [most]) => t('reasons.tooManyTemplates', { most: Number(most) }),
  },
  {
    said: /^there are (\d+) segments already/,
    tell: (t, [most]) => t('reasons.tooManySegments', { most: Number(most) }),
  },
  { said: /^there is a segment “.*” already/s, tell: (t) => t('reasons.segmentTaken') },
  { said: /^an XLSX sheet holds |^this is more than an XLSX file holds/, tell: (t) => t('reasons.largeXlsx') },
  {
    said: /^a passphrase has at least (\d+) characters$/,
    tell: (t, [least]) => t('reasons.shortPassphrase', { least: Number(least) }),
  },
  { said: /^the present passphrase is required$/, tell: (t) => t('reasons.empty') },
  { said: /^this is not the passphrase$/, tell: (t) => t('reasons.wrongPassphrase') },
  {
    said: /^this is not the passphrase: wait (\d+) s/,
    tell: (t, [seconds]) => t('reasons.wrongPassphraseWait', { seconds: Number(seconds) }),
  },
  { said: /^wait (\d+) s before/, tell: (t, [seconds]) => t('reasons.passphraseWait', { seconds: Number(seconds) }) },
  { said: /^what is kept of the passphrase cannot be read/, tell: (t) => t('reasons.spoiltPassphrase') },
  { said: /^there is no passphrase that would open/, tell: (t) => t('reasons.noPassphrase') },
  { said: /^this backup is damaged/, tell: (t) => t('reasons.damagedBackup') },
  { said: /^this backup is no longer there/, tell: (t) => t('reasons.noBackup') },
  { said: /^this backup was made by a newer/, tell: (t) => t('reasons.newerBackup') },
  { said: /^this backup is about to take the place/, tell: (t) => t('reasons.wishedBackup') },
  { said: /^must be the name of a backup$/, tell: (t) => t('reasons.noBackup') },
  { said: /^This system offers no keyring/, tell: (t) => t('reasons.noKeyring') },
  { said: /^the end of the delivery has passed/, tell: (t) => t('reasons.endPassed') },
  { said: /^the delivery is \w+: nothing in it can be changed/, tell: (t) => t('reasons.deliveryOver') },
  { said: /^the delivery has started: only/, tell: (t) => t('reasons.deliveryStarted') },
  { said: /^a \w+ delivery cannot be told to \w+$/, tell: (t) => t('reasons.otherState') },
  { said: /must be an https address/, tell: (t) => t('reasons.httpsUrl') },
  { said: /^must be an address that begins with http/, tell: (t) => t('reasons.url') },
  {
    said: /needs an address: give its url$|^is required to test the (?:HTTP gateway|webhook)$/,
    tell: (t) => t('reasons.noUrl'),
  },
  {
    said: /^the environment sets this \((\w+)\)/,
    tell: (t, [variable = '']) => t('reasons.environment', { variable }),
  },
  { said: /^must be text$/, tell: (t) => t('reasons.text') },
  { said: /^must be a whole number$/, tell: (t) => t('reasons.wholeNumber') },
  { said: /^must be a number$/, tell: (t) => t('reasons.number') },
  { said: /^must be true or false$/, tell: (t) => t('reasons.choice') },
  { said: /^must be a list$/, tell: (t) => t('reasons.list') },
  { said: /^must be an object$/, tell: (t) => t('reasons.object') },
  { said: /^is not a known field$/, tell: (t) => t('reasons.unknownField') },
  { said: /^must be one of: (.*)$/s, tell: (t, [values = '']) => t('reasons.oneOf', { values }) },
  { said: /^must be an ISO 8601 instant/, tell: (t) => t('reasons.instant') },
  { said: /^the end has already passed/, tell: (t) => t('reasons.endInPast') },
  { said: /^must not be negative$/, tell: (t) => t('reasons.notNegative') },
  // What the schema library says where the contract has no words of its own.
  { said: /^Too small: expected string to have >=1 characters$/, tell: (t) => t('reasons.empty') },
  {
    said: /^(?:Too big: expected string to have <=|must have at most )(\d+) characters$/,
    tell: (t, [most]) => t('reasons.longText', { most: Number(most) }),
  },
  {
    said: /^Too big: expected array to have <=(\d+) items$/,
    tell: (t, [most]) => t('reasons.longList', { most: Number(most) }),
  },
  {
    said: /^Too small: expected \w+ to be >=(-?[\d.]+)$/,
    tell: (t, [least]) => t('reasons.atLeast', { least: Number(least) }),
  },
  {
    said: /^Too big: expected \w+ to be <=(-?[\d.]+)$/,
    tell: (t, [most]) => t('reasons.atMost', { most: Number(most) }),
  },
  { said: /^must be at least ([\d.]+)/, tell: (t, [least]) => t('reasons.atLeast', { least: Number(least) }) },
  { said: /^must be at most ([\d.]+)$/, tell: (t, [most]) => t('reasons.atMost', { most: Number(most) }) },
]

/** A reason of the engine in the operator's language. */
export function translateReason(reason: string, t: Translate): string {
  for (const { said, tell } of known) {
    const match = said.exec(reason)
    if (match !== null) return tell(t, match.slice(1))
  }
  return reason
}

function exactly(sentence: string): RegExp {
  return new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
}
