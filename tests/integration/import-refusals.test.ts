import { describe, expect, it } from 'vitest'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { clientDirectory } from '#tests/support/client-directory.ts'
import { phoneNumber } from '#tests/support/factories.ts'

describe('an invalid row', () => {
  it('is refused with its number, the field, the value and the reason, and the others are imported', async () => {
    const { importCsv, everybody } = await clientDirectory()

    const { report } = await importCsv(
      [
        'phone,name,timezone,code,tags,note',
        '79000000001,"two\nlines",,,,',
        'not a phone,,,,,',
        ',Nobody,,,,',
        '79000000002,,Mars/Olympus,,,',
        '',
        '79000000003,,,99,,',
        '79000000004,a,UTC,,,,too,many',
        `79000000005,${'n'.repeat(201)},,,,`,
        `79000000006,,,,${'t'.repeat(101)},`,
        `79000000007,,,,,${'x'.repeat(10_001)}`,
        '+1 202 555 01 23,,,,,',
        '79000000008,Last,,,,',
      ].join('\n'),
    )

    expect(report).toMatchObject({ total: 11, created: 2, refused: 9 })
    expect(report.refusals.map(({ line, field, value, reason }) => [line, field, value.slice(0, 12), reason])).toEqual([
      [
        4,
        'phone',
        'not a phone',
        'the phone number contains characters other than digits, spaces, brackets, dots, dashes and a leading plus',
      ],
      [5, 'phone', '', 'the phone number is empty: enter 11 digits that start with 7'],
      [6, 'timeZone', 'Mars/Olympus', 'must be an IANA time zone, such as Europe/Moscow'],
      [8, 'operatorCode', '99', 'must have three digits'],
      [9, '', 'too many', 'the line has 8 columns, but the header has 6: quote the cells that contain the separator'],
      [10, 'name', 'nnnnnnnnnnnn', 'must have at most 200 characters'],
      [11, 'tags', 'tttttttttttt', 'a tag has at most 100 characters'],
      [12, 'note', 'xxxxxxxxxxxx', 'must have at most 10000 characters'],
      [13, 'phone', '+1 202 555 0', 'the phone number must start with 7, or with 8 in its domestic form'],
    ])
    expect((await everybody()).map((client) => client.phone)).toEqual(['79000000001', '79000000008'])
  })

  it('leaves the separator to the header when its quotation marks do not pair', async () => {
    const { importCsv } = await clientDirectory()

    const { report } = await importCsv('телефон;имя\n"79000000001;Anna, Омск\n79000000002;Boris, Омск\n')

    expect(report).toMatchObject({ total: 2, created: 1, refusals: [{ line: 2 }] })
  })

  it('does not swallow the rest of the file if its quotation mark is never closed', async () => {
    const { importCsv, everybody } = await clientDirectory()
    const rest = Array.from({ length: 4000 }, (_, n) => `${phoneNumber(n)},somebody with quite a long name`)

    const { report } = await importCsv(['phone,name', '79555555555,"open', ...rest].join('\n'))

    expect(report).toMatchObject({ total: 4001, created: 4000, refusals: [{ line: 2, value: '79555555555 "open' }] })
    expect(await everybody()).toHaveLength(1000)
  })

  it('is refused even when it is the last, or endless', async () => {
    const { importCsv } = await clientDirectory()

    expect((await importCsv('phone,name\n79000000001,a\n79000000002,"b')).report).toMatchObject({
      created: 1,
      refusals: [{ line: 3 }],
    })
    const endless = `phone,name\n79000000003,${'a'.repeat(500_000)}\n79000000004,d\n`
    expect((await importCsv(endless)).report).toMatchObject({
      created: 1,
      refusals: [{ line: 2, value: expect.stringMatching(/^79000000003,a+/) }],
    })
  })
})

describe('a file that cannot be read as a whole', () => {
  const field = (name: 'phone' | 'name'): ColumnMeaning => ({ kind: 'field', field: name })
  it.each<[why: string, content: string, columns: ColumnMeaning[] | undefined, path: string, words: RegExp]>([
    [
      'names no phone',
      'name,city\nAnna,Омск',
      undefined,
      'columns',
      /no column is mapped to the phone number.*"name", "city"/,
    ],
    [
      'is described without a phone',
      'phone,name\n79001234567,a',
      [{ kind: 'ignored' }, field('name')],
      'columns',
      /no column is mapped to the phone number/,
    ],
    [
      'has more columns than were described',
      'phone,name\n79001234567,a',
      [field('phone')],
      'columns',
      /has 2 columns, but 1/,
    ],
    [
      'is described with two phones',
      'phone,tel\n79001234567,a',
      [field('phone'), field('phone')],
      'columns',
      /more than one column/,
    ],
    ['is empty', '', undefined, 'csv', /is empty/],
    ['is blank', '\n , \n', undefined, 'csv', /is empty/],
  ])('is refused because it %s', async (_why, content, columns, path, words) => {
    const { importCsv, everybody } = await clientDirectory()

    await expect(importCsv(content, columns && { columns })).rejects.toMatchObject({
      code: 'VALIDATION',
      status: 400,
      defined: true,
      data: { issues: [{ path, message: expect.stringMatching(words) }] },
    })
    expect(await everybody()).toEqual([])
  })
})
