/**
 * The number of SMS segments of a text.
 * Source: 3GPP TS 23.038 (GSM 7-bit default alphabet and its extension table) and 3GPP TS 23.040 (concatenation).
 */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

/** Septets by UTF-16 code unit, 0 for characters outside GSM-7. A table is fast enough to measure whole audiences. */
const septetsOf = new Uint8Array(0x1_00_00)
for (const character of basic) septetsOf[character.charCodeAt(0)] = 1
for (const character of extension) septetsOf[character.charCodeAt(0)] = 2

export interface TextLength {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** Septets in GSM-7, UTF-16 code units in UCS-2. */
  readonly units: number
  readonly segments: number
  /** The free units of the last segment. */
  readonly unitsLeft: number
  /** The first character outside GSM-7, if any. */
  readonly forcedBy: { readonly character: string; readonly index: number } | null
}

const limits = {
  'GSM-7': { single: 160, part: 153 },
  'UCS-2': { single: 70, part: 67 },
} as const

/** Returns the encoding and the number of segments of a rendered text. An empty text has no segments. */
export function measureText(text: string): TextLength {
  const forcedBy = firstOutsideGsm(text)
  const encoding = forcedBy === null ? 'GSM-7' : 'UCS-2'
  const { single, part } = limits[encoding]
  const units = forcedBy === null ? septetsIn(text) : text.length
  if (units === 0) return { encoding, units, segments: 0, unitsLeft: single, forcedBy }
  if (units <= single) return { encoding, units, segments: 1, unitsLeft: single - units, forcedBy }
  // An escape pair or a surrogate pair is never split, so a part may end one unit short.
  let segments = 1
  let used = 0
  for (let index = 0; index < text.length; index += 1) {
    const width = forcedBy === null ? septetsAt(text, index) : unitsAt(text, index)
    if (used + width > part) {
      segments += 1
      used = 0
    }
    used += width
    if (forcedBy !== null) index += width - 1
  }
  return { encoding, units, segments, unitsLeft: part - used, forcedBy }
}

function firstOutsideGsm(text: string): TextLength['forcedBy'] {
  for (let index = 0; index < text.length; index += 1)
    if (septetsAt(text, index) === 0) return { character: text.slice(index, index + unitsAt(text, index)), index }
  return null
}

function septetsIn(text: string): number {
  let septets = 0
  for (let index = 0; index < text.length; index += 1) septets += septetsAt(text, index)
  return septets
}

function septetsAt(text: string, index: number): number {
  return septetsOf[text.charCodeAt(index)] ?? 0
}

/** Returns 2 for a surrogate pair, otherwise 1. */
function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xff_ff ? 2 : 1
}
