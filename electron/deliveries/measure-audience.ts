import { setImmediate } from 'node:timers/promises'
import type { TextLengthsEvent, TextLengthsQuery } from '#shared/contract/text-lengths.ts'
import { textFor } from '../sending/client-text.ts'
import type { AudienceReads } from '../store/ports/audience.ts'
import { createLengthTally } from './length-tally.ts'
import { parseText } from './write-delivery.ts'

const pageMembers = 1000
/** The main thread measures this long without a pause; reading a page comes on top. */
const sliceMs = 4
const progressEveryMs = 200

/**
 * Measures the text of every client of an audience. Yields progress, then the result. A client who joins or leaves
 * meanwhile is counted at most once. Throws `InvalidInputError` when the text does not parse, and the signal's reason once
 * it is aborted.
 */
export async function* measureAudience(
  audience: AudienceReads,
  { text: source, filter }: TextLengthsQuery,
  signal?: AbortSignal,
): AsyncGenerator<TextLengthsEvent, void> {
  const text = parseText(source)
  const tally = createLengthTally()
  const { clients } = await audience.count(filter)
  signal?.throwIfAborted()

  if (text.variables.length === 0) {
    const [first] = await audience.next(filter, 0, 1)
    if (first !== undefined) tally.add(first, textFor(text, first), clients)
    yield { kind: 'result', lengths: tally.lengths() }
    return
  }

  yield { kind: 'progress', measured: 0, clients }
  let measured = 0
  let afterId = 0
  let isLastPage = false
  let reportedAt = performance.now()
  while (!isLastPage) {
    const page = await audience.next(filter, afterId, pageMembers)
    signal?.throwIfAborted()
    let sliceStartedAt = performance.now()
    for (const member of page) {
      tally.add(member, textFor(text, member))
      if (performance.now() - sliceStartedAt < sliceMs) continue
      await setImmediate()
      signal?.throwIfAborted()
      sliceStartedAt = performance.now()
    }
    measured += page.length
    afterId = page.at(-1)?.id ?? afterId
    isLastPage = page.length < pageMembers
    if (performance.now() - reportedAt < progressEveryMs) continue
    reportedAt = performance.now()
    // Clients may have joined since the first count.
    yield { kind: 'progress', measured, clients: Math.max(clients, measured) }
  }
  yield { kind: 'result', lengths: tally.lengths() }
}
