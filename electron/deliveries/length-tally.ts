import type { TextLengths } from '#shared/contract/text-lengths.ts'
import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { measureText } from '#shared/domain/text-segments.ts'
import { sentError } from '#shared/errors/app-error.ts'
import { type ClientText, emptyText } from '../sending/client-text.ts'

type Measured = NonNullable<TextLengths['longest']>['client']

/** Adds up how long the texts of many clients are. */
export interface LengthTally {
  /** Takes one client's text in, or that of `times` clients who all get the same. */
  add(client: Measured, text: ClientText, times?: number): void
  /** The sum so far. */
  lengths(): TextLengths
}

export function createLengthTally(): LengthTally {
  const counts = { clients: 0, gsm7: 0, ucs2: 0, empty: 0, failed: 0 }
  let failure: TextLengths['failure'] = null
  let forcedBy: TextLengths['forcedBy'] = null
  let segments: TextLengths['segments'] = null
  let longest: TextLengths['longest'] = null

  function addFailed(client: Measured, error: string, times: number): void {
    if (error === emptyText) counts.empty += times
    else {
      counts.failed += times
      failure ??= { client: nameOf(client), error: sentError(templateErrorOf(error)) }
    }
  }

  function addMeasured(client: Measured, text: string, times: number): void {
    const length = measureText(text)
    counts[length.encoding === 'GSM-7' ? 'gsm7' : 'ucs2'] += times
    if (forcedBy === null && length.forcedBy !== null)
      forcedBy = { character: length.forcedBy.character, client: nameOf(client) }
    segments = {
      min: Math.min(segments?.min ?? length.segments, length.segments),
      max: Math.max(segments?.max ?? length.segments, length.segments),
      total: (segments?.total ?? 0) + length.segments * times,
    }
    // What is paid for comes first: 80 units of UCS-2 are longer than 100 of GSM-7.
    const isLonger =
      longest === null ||
      length.segments > longest.segments ||
      (length.segments === longest.segments && length.units > longest.units)
    if (isLonger) longest = { client: nameOf(client), units: length.units, segments: length.segments }
  }

  return {
    add(client, text, times = 1) {
      if (times === 0) return
      counts.clients += times
      if (text.ok) addMeasured(client, text.text, times)
      else addFailed(client, text.reason, times)
    },
    lengths: () => ({ ...counts, failure, forcedBy, segments, longest }),
  }
}

function nameOf({ id, name, phone }: Measured): Measured {
  return { id, name, phone }
}
