import type { RefusedLine } from '#shared/contract/clients.ts'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { createRowReader, type RowReader } from '#shared/domain/csv-rows.ts'
import type { Clock } from '../../base/clock.ts'
import type { Store } from '../../store/store.ts'
import { encodingOf, textOf } from '../import/csv-text.ts'
import { createPhoneReader } from './read-phones.ts'

/** One transaction: short enough for the sender, which waits for it. */
const chunkPhones = 2000

export interface OptOutParts {
  readonly store: Store
  readonly clock: Clock
  /** Called once at the end, also after a failure, with the number of cancelled messages. */
  readonly onChanged: (cancelledMessages: number) => void
}

/**
 * Adds every phone of a list to the do-not-contact list. A line without a phone is refused and does not affect others.
 * After an interruption the added phones stay, and the same list can be added again.
 */
export async function optOut(
  { store, clock, onChanged }: OptOutParts,
  list: Blob,
  signal?: AbortSignal,
): Promise<OptOutReport> {
  const report = { total: 0, marked: 0, already: 0, remembered: 0, cancelledMessages: 0 }
  const refusals: RefusedLine[] = []
  let waiting = new Set<string>()

  async function take(): Promise<void> {
    const phones = [...waiting]
    waiting = new Set()
    const listed = await store.write(({ doNotContact }) => doNotContact.add(phones, clock.now()))
    report.marked += listed.marked
    report.already += listed.already
    report.remembered += listed.remembered
    report.cancelledMessages += listed.cancelledMessages
  }

  let rows: RowReader | undefined
  const read = createPhoneReader()
  try {
    for await (const { text, isLast } of textOf(list, await encodingOf(list, signal), signal)) {
      rows ??= createRowReader(guessDelimiter(text))
      for (const reading of rows.read(text, isLast).flatMap(read)) {
        report.total += 1
        if (reading.kind === 'refused') refusals.push(reading.refusal)
        else if (waiting.has(reading.phone)) report.already += 1
        else waiting.add(reading.phone)
        if (waiting.size === chunkPhones) await take()
      }
    }
    if (waiting.size > 0) await take()
  } finally {
    if (report.marked + report.already + report.remembered > 0) onChanged(report.cancelledMessages)
  }
  return { ...report, refused: refusals.length, refusals }
}
