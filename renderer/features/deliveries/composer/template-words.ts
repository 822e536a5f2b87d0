import type { TFunction } from 'i18next'

/** What Liquid says most often, each with the key of its explanation. The rest is shown in Liquid's own words. */
const known = [
  { words: /^output .* not closed$/s, key: 'outputOpen' },
  { words: /^tag .* not closed$/s, key: 'tagOpen' },
  { words: /^tag "(.+)" not found$/s, key: 'tagUnknown' },
  { words: /^undefined filter: (.+)$/s, key: 'filterUnknown' },
] as const

/** A mistake of a template in the operator's language, with what to do about it. */
export function explainTemplate(message: string, t: TFunction<'deliveries'>): string {
  for (const { words, key } of known) {
    const match = words.exec(message)
    if (match !== null) return t(`composer.template.${key}`, { name: match[1] ?? '' })
  }
  return message
}
