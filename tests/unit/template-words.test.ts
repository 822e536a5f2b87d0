import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { compileText } from '#shared/domain/template.ts'
import { explainTemplate } from '../../renderer/components/template-words.ts'
import deliveries from '../../renderer/locales/ru/deliveries.json' with { type: 'json' }

const { template } = deliveries.composer

beforeAll(async () => {
  await i18next.init({ lng: 'ru', resources: { ru: { deliveries } }, interpolation: { escapeValue: false } })
})

function explain(message: string): string {
  return explainTemplate(message, i18next.getFixedT('ru', 'deliveries'))
}

/** What the operator reads of a mistaken text, or of its making for one client. */
function explanationOf(source: string): string {
  const compiled = compileText(source)
  if (!compiled.ok) return explain(compiled.problem.message)
  try {
    return compiled.text.render({ name: 'Анна', phone: '79001234567' })
  } catch (error) {
    return explain((error as Error).message)
  }
}

const mistakes: readonly (readonly [source: string, words: string, name?: string])[] = [
  ['{{ name', template.outputOpen],
  ['{% if name', template.tagOpen],
  ['{% if name %}x', template.tagOpen],
  ['{% endif %}', template.tagAlone, 'endif'],
  ['{% for n in (1..9) %}x{% endfor %}', template.tagLoop, 'for'],
  ['{% include "x" %}', template.tagElsewhere, 'include'],
  ['{% wish %}', template.tagUnknown, 'wish'],
  ['{% %}', template.tagNameless],
  ['{{ name | shout }}', template.filterUnknown, 'shout'],
  ['{{ name | default "x" }}', template.filterColon],
  ['{{ name default: "x" }}', template.filterBar],
  ['{% if %}x{% endif %}', template.valueMissing],
  ['{{ name | default: “друг” }}', template.quotes, '“друг”'],
  ['{{ a[ }}', template.bracketOpen],
  ['{% assign a %}', template.assignment],
  ['{% capture %}x{% endcapture %}', template.assignment],
  ['x'.repeat(100_001), template.tooLong],
  [`{% if name %}${'x'.repeat(10_001)}{% endif %}`, template.renderedTooLong.replace('{{name, number}}', '10 000')],
  ['{{ (1..2 }}', template.other.replace('{{said}}', 'invalid range syntax')],
]

const told = mistakes.map(([source, words, name = '']) => ({ source, words: words.replaceAll('{{name}}', name) }))

test.each(told)('a mistake is told in the language of the operator: $words', ({ source, words }) => {
  expect(explanationOf(source).replace(/\s/g, ' ')).toBe(words)
})

test('a limit met while a text is made is told without the place where the engine stood', () => {
  expect(explain('template render limit exceeded, line:1, col:25')).toBe(template.tooDear)
})
