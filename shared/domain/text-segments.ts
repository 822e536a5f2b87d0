/**
 * How many short messages a text costs.
 * Source: 3GPP TS 23.038 (GSM 7-bit default alphabet and its extension table) and 3GPP TS 23.040 (concatenation).
 */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

const septetsOf = new Map<string, 1 | 2>()
for (const character of basic) septetsOf.set(character, 1)
for (const character of extension) septetsOf.set(character, 2)

export interface TextLength {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** Septets in GSM-7, UTF-16 code units in UCS-2. */
  readonly units: number
  readonly segments: number
  /** Units that still fit into the last segment. */
  readonly unitsLeft: number
  /** The first character that GSM-7 does not have, when there is one. */
  readonly forcedBy: { readonly character: string; readonly index: number } | null
}

const limits = {
  'GSM-7': { single: 160, part: 153 },
  'UCS-2': { single: 70, part: 67 },
} as const

/** Encoding and number of segments of a rendered text. An empty text has none. */
export function measureText(text: string): TextLength {
  const forcedBy = firstOutsideGsm(text)
  const encoding = forcedBy === null ? 'GSM-7' : 'UCS-2'
  const widths = Array.from(text, (character) =>
    encoding === 'GSM-7' ? (septetsOf.get(character) ?? 1) : character.length,
  )
  const units = widths.reduce((sum, width) => sum + width, 0)
  const { single, part } = limits[encoding]
  if (units === 0) return { encoding, units, segments: 0, unitsLeft: single, forcedBy }
  if (units <= single) return { encoding, units, segments: 1, unitsLeft: single - units, forcedBy }
  // An escape pair or a surrogate pair is never split, so a part may end one unit short.
  let segments = 1
  let used = 0
  for (const width of widths) {
    if (used + width > part) {
      segments += 1
      used = 0
    }
    used += width
  }
  return { encoding, units, segments, unitsLeft: part - used, forcedBy }
}

function firstOutsideGsm(text: string): TextLength['forcedBy'] {
  let index = 0
  for (const character of text) {
    if (!septetsOf.has(character)) return { character, index }
    index += character.length
  }
  return null
}
