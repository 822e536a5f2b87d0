import { expect, test } from 'vitest'
import { createLengthTally } from '#electron/deliveries/length-tally.ts'
import { emptyText } from '#electron/sending/client-text.ts'

const anna = { id: 1, name: 'Anna', phone: '79000000001' }
const boris = { id: 2, name: 'Boris', phone: '79000000002' }
const vera = { id: 3, name: '', phone: '79000000003' }

const text = (length: number, letter = 'a') => ({ ok: true as const, text: letter.repeat(length) })
const failed = (reason: string) => ({ ok: false as const, reason })

const nobody = {
  clients: 0,
  gsm7: 0,
  ucs2: 0,
  empty: 0,
  failed: 0,
  failure: null,
  forcedBy: null,
  segments: null,
  longest: null,
}

const cases: readonly [string, readonly Parameters<ReturnType<typeof createLengthTally>['add']>[], object][] = [
  ['nobody', [], nobody],
  [
    'one short text',
    [[anna, text(10)]],
    {
      ...nobody,
      clients: 1,
      gsm7: 1,
      segments: { min: 1, max: 1, total: 1 },
      longest: { client: anna, units: 10, segments: 1 },
    },
  ],
  [
    'texts of one, three and two parts',
    [
      [anna, text(160)],
      [boris, text(307)],
      [vera, text(161)],
    ],
    {
      ...nobody,
      clients: 3,
      gsm7: 3,
      segments: { min: 1, max: 3, total: 6 },
      longest: { client: boris, units: 307, segments: 3 },
    },
  ],
  [
    'the first of two that are as long',
    [
      [anna, text(20)],
      [boris, text(30)],
      [vera, text(30)],
    ],
    {
      ...nobody,
      clients: 3,
      gsm7: 3,
      segments: { min: 1, max: 1, total: 3 },
      longest: { client: boris, units: 30, segments: 1 },
    },
  ],
  [
    'fewer units that take more parts are longer',
    [
      [anna, text(150)],
      [boris, text(80, 'я')],
    ],
    {
      ...nobody,
      clients: 2,
      gsm7: 1,
      ucs2: 1,
      forcedBy: { character: 'я', client: boris },
      segments: { min: 1, max: 2, total: 3 },
      longest: { client: boris, units: 80, segments: 2 },
    },
  ],
  [
    'the first character that forces UCS-2, and whose it is',
    [
      [anna, text(3)],
      [vera, { ok: true, text: 'to 😀 and я' }],
      [boris, text(3, 'ё')],
    ],
    {
      ...nobody,
      clients: 3,
      gsm7: 1,
      ucs2: 2,
      forcedBy: { character: '😀', client: vera },
      segments: { min: 1, max: 1, total: 3 },
      longest: { client: vera, units: 11, segments: 1 },
    },
  ],
  [
    'those who get nothing, and why the first of them does not',
    [
      [anna, failed(emptyText)],
      [boris, failed('too long')],
      [vera, failed('too dear')],
    ],
    { ...nobody, clients: 3, empty: 1, failed: 2, failure: { client: boris, error: said('too long') } },
  ],
  [
    'one text for all of them',
    [[anna, text(161), 1000]],
    {
      ...nobody,
      clients: 1000,
      gsm7: 1000,
      segments: { min: 2, max: 2, total: 2000 },
      longest: { client: anna, units: 161, segments: 2 },
    },
  ],
  ['one text for none of them', [[anna, text(161), 0]], nobody],
]

function said(words: string) {
  return { code: 'template_not_understood' as const, params: { said: words } }
}

test.each(cases)('the lengths of %s', (_name, added, expected) => {
  const tally = createLengthTally()
  for (const one of added) tally.add(...one)
  expect(tally.lengths()).toEqual(expected)
})

test('reports only the id of a client', () => {
  const tally = createLengthTally()
  const member = { ...anna, attributes: '{"secret":"x"}' }
  tally.add(member, text(1, 'я'))
  tally.add(member, failed('too long'))
  expect(JSON.stringify(tally.lengths())).not.toContain('secret')
})
