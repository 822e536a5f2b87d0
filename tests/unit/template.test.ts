import { describe, expect, test } from 'vitest'
import {
  type CompiledText,
  compileText,
  type MergeValues,
  maxTextLength,
  type TemplateProblem,
} from '#shared/domain/template.ts'

const anna: MergeValues = { name: 'Анна', phone: '79001234567', город: 'Омск', 'due-date': '1 мая', debt: '150' }

function compiled(source: string): CompiledText {
  const result = compileText(source)
  if (!result.ok) throw new Error(`refused: ${result.problem.message}`)
  return result.text
}

function problemOf(source: string): TemplateProblem {
  const result = compileText(source)
  if (result.ok) throw new Error('compiled')
  return result.problem
}

describe('a text for one client', () => {
  test.each([
    ['plain words', 'Hello!', 'Hello!'],
    ['a variable', 'Hi {{ name }}', 'Hi Анна'],
    ['a Cyrillic attribute', '{{ город }}', 'Омск'],
    ['an attribute with a dash', '{{ due-date }}', '1 мая'],
    ['a missing variable is empty', '[{{ nickname }}]', '[]'],
    ['a default for a missing variable', '{{ nickname | default: "friend" }}', 'friend'],
    ['a condition', '{% if debt %}Pay {{ debt }}{% endif %}', 'Pay 150'],
    ['a filter', '{{ name | upcase }}', 'АННА'],
    ['no escaping: it is no web page', '{{ "<&>" }}', '<&>'],
    ['braces that are no tags', '{ name } }} %}', '{ name } }} %}'],
    ['raw braces', '{% raw %}{{ name }}{% endraw %}', '{{ name }}'],
    ['nothing of the language shines through', '{{ constructor }}{{ name.constructor }}{{ __proto__ }}', ''],
  ])('%s', (_name, source, text) => {
    expect(compiled(source).render(anna)).toBe(text)
  })

  test('is compiled once and rendered for each', () => {
    const text = compiled('Hi {{ name }}')
    expect(['A', 'B'].map((name) => text.render({ name, phone: '7' }))).toEqual(['Hi A', 'Hi B'])
  })
})

describe('whether a text is the same for everyone', () => {
  test.each([
    ['Hello!', true],
    ['100 % { of } it', true],
    ['Hi {{ name }}', false],
    ['{% if name %}x{% endif %}', false],
    ['{{ "constant" }}', false],
  ])('%j: %s', (source, isStatic) => {
    expect(compiled(source).isStatic).toBe(isStatic)
  })
})

describe('the variables of a text', () => {
  test.each([
    ['none', 'Hello', []],
    ['in their order, each once', '{{ b }}{{ a }}{{ b }}', ['b', 'a']],
    ['in conditions and arguments', '{% if debt %}{{ name | default: nick }}{% endif %}', ['debt', 'name', 'nick']],
    ['not those that the text makes itself', '{% assign x = name %}{{ x }}', ['name']],
  ])('%s', (_name, source, variables) => {
    expect(compiled(source).variables).toEqual(variables)
  })
})

describe('an invalid text is rejected with its position', () => {
  test.each([
    ['an open output', 'Hi {{ name', 1, 4, /not closed/],
    ['an open output on another line', 'Hi\n\n  {{ name', 3, 3, /not closed/],
    ['an open tag', 'a\nb {% if name %}x', 2, 3, /not closed/],
    ['an unknown tag', 'x{% send %}', 1, 2, /"send" not found/],
    ['a condition without a value', '{% if %}x{% endif %}', 1, 6, /invalid value/],
    ['an open string', '{{ name | default: "x }}', 1, 1, /not closed/],
    ['a filter that does not exist', 'a\n {{ name | defualt: "x" }}', 2, 2, /undefined filter: defualt/],
  ])('%s', (_name, source, line, column, message) => {
    const problem = problemOf(source)
    expect(problem).toMatchObject({ line, column })
    expect(problem.message).toMatch(message)
    // The position is in the params, and not repeated in the message.
    expect(problem.message).not.toMatch(/line:/)
  })
})

describe('the variables that a text needs', () => {
  test.each([
    ['those that stand bare', '{{ a }}{{ b | upcase }}', ['a', 'b']],
    ['none that has a default wherever it is said', '{{ a | default: "x" }} {{ a | upcase | default: "y" }}', []],
    ['one that has a default here and none there', '{{ a | default: "x" }}{{ a }}', ['a']],
  ])('are %s', (_name, source, needed) => {
    expect(compiled(source).needed).toEqual(needed)
  })
})

describe('a text knows nothing of', () => {
  test.each(['include', 'render', 'layout', 'block', 'for', 'tablerow', 'cycle'])('%s', (tag) => {
    expect(problemOf(`{% ${tag} "/etc/hostname" %}`).message).toBe(`tag "${tag}" not found`)
  })
})

describe('a text that costs too much is refused', () => {
  const doubling = '{% assign a = a | append: a %}'.repeat(40)
  test.each([
    ['an endless row', '{% assign a = (1..100000000) %}'],
    ['a long row, joined', '{% assign a = (1..900000) %}{{ a | join: "" }}'],
    ['a string that doubles', `{% assign a = "${'x'.repeat(20)}" %}${doubling}`],
    ['a date that is padded without end', '{{ "now" | date: "%100000000d" }}'],
  ])('%s', (_name, source) => {
    const text = compiled(source)
    expect(() => text.render(anna)).toThrow(/limit exceeded/)
  })

  test('a text that is too long once rendered', () => {
    const text = compiled('{{ filling }}'.repeat(200))
    expect(text.render({ ...anna, filling: 'x'.repeat(maxTextLength / 200) })).toHaveLength(maxTextLength)
    expect(() => text.render({ ...anna, filling: 'x'.repeat(maxTextLength / 200 + 1) })).toThrow(/longer than 10000/)
  })
})
