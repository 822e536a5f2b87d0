import { setImmediate } from 'node:timers/promises'
import type { TextLengthsEvent, TextLengthsQuery } from '#shared/contract/text-lengths.ts'
import { textFor } from '../sending/client-text.ts'
import { countAudience, firstOfAudience, nextOfAudience } from '../store/audience/audience-reads.ts'
import type { ReadSession } from '../store/sqlite/connection.ts'
import { createLengthTally } from './length-tally.ts'
import { parseText } from './parse-text.ts'

const pageMembers = 1000
/** How long the main thread is held at a stretch, but for the reading of a page, which comes on top. */
const sliceMs = 4
const progressEveryMs = 200

/**
 * Measures the text of every client of an audience. Yields progress, then the result. A client who joins or leaves while it
 * counts is counted or not, but nobody twice. Throws `InvalidInputError` where the text does not parse, and the signal's
 * reason once it is aborted.
 */
export async function* measureAudience(
  sql: ReadSession,
  { text: source, filter }: TextLengthsQuery,
  signal?: AbortSignal,
): AsyncGenerator<TextLengthsEvent, void> {
  const text = parseText(source)
  const tally = createLengthTally()
  const { clients } = await countAudience(sql, filter)
  signal?.throwIfAborted()

  if (text.variables.length === 0) {
    const [first] = await firstOfAudience(sql, filter, 1)
    if (first !== undefined) tally.add(first, textFor(text, first), clients)
    yield { kind: 'result', lengths: tally.lengths() }
    return
  }

  yield { kind: 'progress', measured: 0, clients }
  let measured = 0
  let afterId = 0
  let isLastPage = false
  let toldAt = performance.now()
  while (!isLastPage) {
    const page = await nextOfAudience(sql, filter, afterId, pageMembers)
    signal?.throwIfAborted()
    let sliceBegunAt = performance.now()
    for (const member of page) {
      tally.add(member, textFor(text, member))
      if (performance.now() - sliceBegunAt < sliceMs) continue
      await setImmediate()
      signal?.throwIfAborted()
      sliceBegunAt = performance.now()
    }
    measured += page.length
    afterId = page.at(-1)?.id ?? afterId
    isLastPage = page.length < pageMembers
    if (performance.now() - toldAt < progressEveryMs) continue
    toldAt = performance.now()
    // More may have come than there were at the beginning.
    yield { kind: 'progress', measured, clients: Math.max(clients, measured) }
  }
  yield { kind: 'result', lengths: tally.lengths() }
}
