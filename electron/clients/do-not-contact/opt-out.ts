import type { RefusedLine } from '#shared/contract/clients.ts'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { createRowReader, type RowReader } from '#shared/domain/csv-rows.ts'
import type { Clock } from '../../base/clock.ts'
import { listPhones } from '../../store/clients/do-not-contact.ts'
import type { Store } from '../../store/store.ts'
import { encodingOf, textOf } from '../import/csv-text.ts'
import { createPhoneReader } from './read-phones.ts'

/** One transaction: short enough that the sender, who waits for it, does not notice. */
const chunkPhones = 2000

export interface OptOutParts {
  readonly store: Store
  readonly clock: Clock
  /** Hears once, also when the list broke off, that clients have changed and how many messages were cancelled. */
  readonly onTaken: (cancelledMessages: number) => void
}

/**
 * Puts every phone of a list on the do-not-contact list. A line that holds no phone is refused and harms no other. What was taken before
 * it broke off stays, and the same list may be given again.
 */
export async function optOut(
  { store, clock, onTaken }: OptOutParts,
  list: Blob,
  signal?: AbortSignal,
): Promise<OptOutReport> {
  const report = { total: 0, marked: 0, already: 0, remembered: 0, cancelledMessages: 0 }
  const refusals: RefusedLine[] = []
  let waiting = new Set<string>()

  async function take(): Promise<void> {
    const phones = [...waiting]
    waiting = new Set()
    const listed = await store.write((writing) => listPhones(writing, phones, clock.now()))
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
    if (report.marked + report.already + report.remembered > 0) onTaken(report.cancelledMessages)
  }
  return { ...report, refused: refusals.length, refusals }
}
