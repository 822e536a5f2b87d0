import { measureText, type TextLength } from '#shared/domain/text-segments.ts'

/** Length of one example, and what the whole row of examples spans. */
export interface ExampleLengths {
  readonly shown: TextLength
  readonly fewest: number
  readonly most: number
}

/** Measures rendered examples; null when the one shown does not exist. */
export function measureExamples(texts: readonly string[], shown: number): ExampleLengths | null {
  const lengths = texts.map(measureText)
  const own = lengths[shown]
  if (own === undefined) return null
  const segments = lengths.map((length) => length.segments)
  return { shown: own, fewest: Math.min(...segments), most: Math.max(...segments) }
}

/** The code point of a character that cannot be seen, as `U+200B`; null for one that can. */
export function invisibleCode(character: string): string | null {
  if (!/^[\p{C}\p{Z}\p{M}]$/u.test(character)) return null
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Whether a character belongs to the Cyrillic script. */
export function isCyrillic(character: string): boolean {
  return /^\p{Script=Cyrillic}$/u.test(character)
}
