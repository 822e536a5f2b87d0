import { describe, expect, it, test } from 'vitest'
import {
  everybody,
  explain,
  type Filter,
  type Filterable,
  filterSchema,
  isEmptyFilter,
  selects,
} from '#shared/domain/filter.ts'
import { issuesWith } from '#tests/support/issues.ts'

const client: Filterable = {
  operatorCode: '900',
  tags: ['vip', 'north'],
  timeZone: 'Europe/Moscow',
  language: 'ru',
  optedOutAt: null,
}

function filter(chosen: Partial<Filter>): Filter {
  return { ...everybody, ...chosen }
}

describe('a filter selects a client', () => {
  const cases: readonly [name: string, chosen: Partial<Filter>, selected: boolean][] = [
    ['nothing chosen means everybody', {}, true],
    ['nothing chosen means everybody with "any", too', { match: 'any' }, true],

    ['its code', { operatorCodes: ['900'] }, true],
    ['another code', { operatorCodes: ['901'] }, false],
    ['several codes: any of them', { operatorCodes: ['901', '900'] }, true],
    ['one of its tags', { tags: ['north'] }, true],
    ['another tag', { tags: ['south'] }, false],
    ['several tags: any of them', { tags: ['south', 'vip'] }, true],
    ['a tag in another case is another tag', { tags: ['VIP'] }, false],
    ['its time zone', { timeZones: ['Europe/Moscow'] }, true],
    ['another time zone', { timeZones: ['Asia/Omsk'] }, false],

    ['its language', { languages: ['ru'] }, true],
    ['another language', { languages: ['ru-RU'] }, false],
    ['several languages: any of them', { languages: ['en', 'ru'] }, true],
    ['any: the language alone agrees', { match: 'any', languages: ['ru'], operatorCodes: ['901'] }, true],
    ['all: the language disagrees', { languages: ['en'], operatorCodes: ['900'] }, false],

    ['all: every property agrees', { operatorCodes: ['900'], tags: ['vip'], timeZones: ['Europe/Moscow'] }, true],
    ['all: one property disagrees', { operatorCodes: ['900'], tags: ['south'] }, false],
    ['all: the others disagree', { operatorCodes: ['901'], tags: ['vip'], timeZones: ['Asia/Omsk'] }, false],
    ['any: one property agrees', { match: 'any', operatorCodes: ['901'], tags: ['vip'] }, true],
    ['any: the time zone alone agrees', { match: 'any', operatorCodes: ['901'], timeZones: ['Europe/Moscow'] }, true],
    ['any: none agrees', { match: 'any', operatorCodes: ['901'], tags: ['south'] }, false],

    ['excluded by one of its tags', { excludeTags: ['north'] }, false],
    ['an excluded tag that it does not have', { excludeTags: ['south'] }, true],
    ['exclusion beats inclusion', { tags: ['vip'], excludeTags: ['vip'] }, false],
    ['exclusion beats "any"', { match: 'any', operatorCodes: ['900'], excludeTags: ['vip'] }, false],
    ['exclusion alone leaves everybody else, with "any" too', { match: 'any', excludeTags: ['south'] }, true],
  ]
  test.each(cases)('%s', (_name, chosen, selected) => {
    expect(selects(filter(chosen), client)).toBe(selected)
  })

  test.each(cases)('never once opted out: %s', (_name, chosen) => {
    expect(selects(filter(chosen), { ...client, optedOutAt: '2026-01-01T00:00:00.000Z' })).toBe(false)
  })

  test('a client without tags is selected by no tag and excluded by none', () => {
    const plain = { ...client, tags: [] }
    expect(selects(filter({ tags: ['vip'] }), plain)).toBe(false)
    expect(selects(filter({ excludeTags: ['vip'] }), plain)).toBe(true)
  })
})

describe('whether a filter selects all clients', () => {
  const cases: readonly [name: string, chosen: Partial<Filter>, verdict: boolean][] = [
    ['nothing chosen', {}, true],
    ['only how properties join', { match: 'any' }, true],
    ['a code', { operatorCodes: ['900'] }, false],
    ['a tag', { tags: ['vip'] }, false],
    ['a time zone', { timeZones: ['Asia/Omsk'] }, false],
    ['an exclusion', { excludeTags: ['vip'] }, false],
  ]
  test.each(cases)('%s', (_name, chosen, verdict) => {
    expect(isEmptyFilter(filter(chosen))).toBe(verdict)
  })
})

describe('a filter from outside', () => {
  test('has defaults for all fields', () => {
    expect(filterSchema.parse({})).toEqual(everybody)
  })

  test('has its tags trimmed', () => {
    expect(filterSchema.parse({ tags: [' vip '], excludeTags: ['off '] })).toMatchObject({
      tags: ['vip'],
      excludeTags: ['off'],
    })
  })

  test.each([
    ['a code of two digits', { operatorCodes: ['90'] }, ['operatorCodes', 0], 'must have three digits'],
    ['a code of letters', { operatorCodes: ['900', 'abc'] }, ['operatorCodes', 1], 'must have three digits'],
    ['an empty tag', { tags: ['vip', ' '] }, ['tags', 1], 'a tag must not be empty'],
    ['a tag without end', { excludeTags: ['x'.repeat(101)] }, ['excludeTags', 0], 'a tag has at most 100 characters'],
    ['another way to join', { match: 'none' }, ['match'], 'must be one of: all, any'],
    ['a word it does not know', { code: '900' }, ['code'], 'is not a known field'],
  ])('%s is refused where it stands', (_name, input, path, message) => {
    expect(issuesWith(filterSchema, input)).toEqual([`${path.join('.')}: ${message}`])
  })
})

describe('why a filter selects a client or does not', () => {
  it.each<[name: string, chosen: Partial<Filter>, checks: string[]]>([
    ['everybody', {}, ['+optedOut']],
    ['a tag that they have', { tags: ['vip'] }, ['+optedOut', '+tags']],
    [
      'all of several',
      { tags: ['vip'], operatorCodes: ['901'], timeZones: ['Europe/Moscow'] },
      ['+optedOut', '+tags', '-operatorCodes', '+timeZones'],
    ],
    ['an excluded tag', { excludeTags: ['north'], tags: ['vip'] }, ['+optedOut', '-excludeTags', '+tags']],
  ])('%s', (_, chosen, checks) => {
    const explained = explain(filter(chosen), client)
    expect(explained.checks.map(({ condition, isMet }) => `${isMet ? '+' : '-'}${condition}`)).toEqual(checks)
    expect(explained.isSelected).toBe(selects(filter(chosen), client))
  })

  it('names the opt-out of a client first', () => {
    const gone = { ...client, optedOutAt: '2026-01-01T00:00:00Z' }
    expect(explain(filter({ tags: ['vip'] }), gone)).toEqual({
      isSelected: false,
      checks: [
        { condition: 'optedOut', isMet: false },
        { condition: 'tags', isMet: true },
      ],
    })
  })
})
