import type { TFunction } from 'i18next'

/** What Liquid and our limits say, each with the key of its explanation; its group, if any, is the name it speaks of. */
const known = [
  { words: /^output .* not closed$/s, key: 'outputOpen' },
  { words: /^(?:tag|raw) .* not closed$/s, key: 'tagOpen' },
  { words: /^tag "(end\w+|else|elsif|elseif|when)" not found$/, key: 'tagAlone' },
  { words: /^tag "(for|tablerow|cycle|break|continue)" not found$/, key: 'tagLoop' },
  { words: /^tag "(include|render|layout|block)" not found$/, key: 'tagElsewhere' },
  { words: /^tag "(.+)" not found$/s, key: 'tagUnknown' },
  { words: /^illegal tag syntax/, key: 'tagNameless' },
  { words: /^undefined filter: (.+)$/s, key: 'filterUnknown' },
  { words: /^expected ":" after filter name$/, key: 'filterColon' },
  { words: /^expected "\|" before filter$/, key: 'filterBar' },
  { words: /^invalid value expression: ""$/, key: 'valueMissing' },
  { words: /^invalid value expression: (.+)$/s, key: 'valueWrong' },
  { words: /^unexpected character "([“”„«»‘’].*)"$/s, key: 'quotes' },
  { words: /^unexpected (?:character|token):? (.+)$/s, key: 'valueWrong' },
  { words: /^\[ not closed$|^unbalanced/, key: 'bracketOpen' },
  { words: /^expected "="$|^expected variable name$|^invalid capture name$/, key: 'assignment' },
  { words: /^duplicated else$/, key: 'elseTwice' },
  { words: /^parse length limit exceeded$/, key: 'tooLong' },
  { words: /^(?:template render|memory alloc) limit exceeded$/, key: 'tooDear' },
  { words: /^the rendered text is longer than (\d+) characters$/, key: 'renderedTooLong' },
  { words: /^the text is empty for this client$/, key: 'renderedEmpty' },
] as const

/**
 * A mistake of a template in the operator's language, with what to do about it. One that is not known here is told in
 * the engine's own words, as such.
 */
export function explainTemplate(message: string, t: TFunction<'deliveries'>): string {
  // While rendering, the engine says at the end where it stood; of no use beside a client's text.
  const said = message.replace(/, line:\d+.*$/s, '')
  for (const { words, key } of known) {
    const match = words.exec(said)
    if (match !== null) return t(`composer.template.${key}`, { name: match[1] ?? '' })
  }
  return t('composer.template.other', { said })
}
