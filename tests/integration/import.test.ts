import { describe, expect, it } from 'vitest'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { type CsvContent, clientDirectory, csvFile } from '#tests/support/client-directory.ts'
import { addClient, phoneNumber } from '#tests/support/factories.ts'

describe('an imported file', () => {
  it('becomes clients, its unknown columns attributes', async () => {
    const { importCsv, everybody } = await clientDirectory()

    const { report } = await importCsv(
      'phone,name,tags,code,timezone,city\n+7 900 123-45-67,Anna,vip;new| old,,Europe/Moscow,Омск\n8 901 000 00 02,"Orlov, Boris",,495,,\n',
    )

    expect(report).toEqual({
      total: 2,
      created: 2,
      updated: 0,
      skipped: 0,
      refused: 0,
      repeated: 0,
      dryRun: false,
      refusals: [],
    })
    expect(await everybody()).toMatchObject([
      {
        phone: '79001234567',
        name: 'Anna',
        tags: ['new', 'old', 'vip'],
        operatorCode: '900',
        timeZone: 'Europe/Moscow',
        attributes: { city: 'Омск' },
      },
      {
        phone: '79010000002',
        name: 'Orlov, Boris',
        tags: [],
        operatorCode: '495',
        timeZone: machineTimeZone(),
        attributes: {},
      },
    ])
  })

  it('is found by search like any client', async () => {
    const { importCsv, client } = await clientDirectory()
    await importCsv('phone,имя,теги\n79001234567,СЕМЁН,Постоянный\n')

    for (const search of ['семен', '9001234567', 'постоянный']) {
      await expect(client.clients.list({ search })).resolves.toMatchObject({ count: 1 })
    }
  })

  const table = 'телефон;имя;теги\n79001234567;Семён;"vip;новый"\n'
  const windows1251 = Uint8Array.from(table, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (character === 'ё') return 0xb8
    return code < 0x80 ? code : code - 0x410 + 0xc0
  })
  it.each<[how: string, content: CsvContent]>([
    ['semicolons', table],
    ['tabs', table.replace('"vip;новый"', 'vip|новый').replaceAll(';', '\t').replace('|', ';')],
    ['commas', 'телефон,имя,теги\n79001234567,Семён,vip;новый'],
    ['a byte order mark', `\uFEFF${table}`],
    ['Windows line ends', table.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', table.replaceAll('\n', '\r')],
    ['the Windows-1251 encoding', windows1251],
    ['the UTF-16 encoding', new Uint8Array(Buffer.from(`\uFEFF${table}`, 'utf16le'))],
    ['the UTF-16 encoding of big-endian machines', new Uint8Array(Buffer.from(`\uFEFF${table}`, 'utf16le').swap16())],
    ['blank lines around', `\n\n${table}\n;;\n\n`],
    ['spaces in its cells', table.replaceAll(';', ' ; ').replace('"vip ; новый"', 'vip |новый')],
    ['no line end at its end', table.trimEnd()],
    ['separators after the last column', table.replace('"\n', '";;\n')],
  ])('with %s is read', async (_how, content) => {
    const { importCsv, everybody } = await clientDirectory()

    const { report } = await importCsv(content)

    expect(report).toMatchObject({ total: 1, created: 1 })
    expect(await everybody()).toMatchObject([{ phone: '79001234567', name: 'Семён', tags: ['vip', 'новый'] }])
  })

  it('is read with the given settings, even if it looks different', async () => {
    const { importCsv, everybody } = await clientDirectory()
    const koi8 = Buffer.from([0xe1, 0xce, 0xce, 0xc1])
    const content = Buffer.concat([Buffer.from('phone|name, short\n79001234567|'), koi8, Buffer.from(', A.\n')])

    const { report } = await importCsv(content, { encoding: 'koi8-r', delimiter: '|' })

    expect(report).toMatchObject({ total: 1, created: 1 })
    expect(await everybody()).toMatchObject([{ phone: '79001234567', attributes: { 'name, short': 'Анна, A.' } }])
  })

  it('has its columns remembered under its header as the user named them, not as they were guessed', async () => {
    const { client, importCsv } = await clientDirectory()
    const recalled = async (...header: string[]) => (await client.clients.columnsOfHeader({ header })).columns
    const columns: ColumnMeaning[] = [
      { kind: 'field', field: 'phone' },
      { kind: 'attribute', name: 'nickname' },
    ]

    await importCsv('phone,name\n79001234567,Anna\n')
    expect(await recalled('phone', 'name')).toBeNull()
    await importCsv('phone,name\n79001234567,Anna\n', { columns, dryRun: true })
    expect(await recalled('phone', 'name')).toBeNull()
    await importCsv('phone,name\n79001234567,Anna\n', { columns })

    expect(await recalled('phone', 'name')).toEqual(columns)
    expect(await recalled(' Phone ', 'NAME')).toEqual(columns)
    expect(await recalled('name', 'phone')).toBeNull()
    expect(await recalled('phone', 'name', 'city')).toBeNull()
  })

  it('is read by the chosen columns', async () => {
    const { importCsv, everybody } = await clientDirectory()

    await importCsv('a,b,c,d\n79001234567,79009999999,Омск,secret\n', {
      columns: [
        { kind: 'attribute', name: 'second phone' },
        { kind: 'field', field: 'phone' },
        { kind: 'attribute', name: 'city' },
        { kind: 'ignored' },
      ],
    })

    expect(await everybody()).toMatchObject([
      { phone: '79009999999', attributes: { 'second phone': '79001234567', city: 'Омск' } },
    ])
  })

  it('that is longer than what is read at a time loses nothing and counts its lines right', async () => {
    const { importCsv, client } = await clientDirectory()
    const lines = ['phone,name,note']
    for (let n = 0; n < 9000; n += 1) lines.push(`${phoneNumber(n)},Имя ${n} 😀,"первая строка ""${n}""\r\nвторая"`)
    lines.push('12345,last,')

    const { report, events } = await importCsv(lines.join('\r\n'))

    expect(report).toMatchObject({
      total: 9001,
      created: 9000,
      refused: 1,
      refusals: [{ line: 18_002, value: '12345' }],
    })
    expect(events.at(-2)).toEqual({
      kind: 'progress',
      bytesRead: csvFile(lines.join('\r\n')).size,
      bytesTotal: csvFile(lines.join('\r\n')).size,
      rows: 9001,
    })
    await expect(client.clients.get({ id: 8888 })).resolves.toMatchObject({
      phone: phoneNumber(8887),
      name: 'Имя 8887 😀',
      attributes: { note: 'первая строка "8887"\nвторая' },
    })
    await expect(client.clients.page({ limit: 1 })).resolves.toMatchObject({ count: 9000 })
    await expect(client.clients.page({ limit: 1, search: '😀' })).resolves.toMatchObject({ count: 9000 })
  })
})

describe('a phone that the directory has', () => {
  async function withAnna() {
    const parts = await clientDirectory()
    await addClient(parts.store, {
      phone: '79001234567',
      name: 'Anna',
      operatorCode: '495',
      tags: ['vip'],
      timeZone: 'Asia/Omsk',
      attributes: { city: 'Омск', age: '5' },
    })
    return parts
  }

  it('gets the values and tags of the row, and keeps its own at blank cells', async () => {
    const { importCsv, everybody } = await withAnna()

    const { report } = await importCsv(
      'phone,name,tags,code,timezone,city,age,pet\n89001234567,Анна,new;vip,,,,6,cat\n',
    )

    expect(report).toMatchObject({ total: 1, updated: 1 })
    expect(await everybody()).toMatchObject([
      {
        phone: '79001234567',
        name: 'Анна',
        operatorCode: '495',
        tags: ['new', 'vip'],
        timeZone: 'Asia/Omsk',
        attributes: { city: 'Омск', age: '6', pet: 'cat' },
      },
    ])
  })

  it.each([
    ['code', '900', { operatorCode: '900' }],
    ['timezone', 'UTC', { timeZone: 'UTC' }],
    ['tags', 'old', { tags: ['old', 'vip'] }],
    ['city', 'Тара', { attributes: { city: 'Тара', age: '5' } }],
  ])('is updated by its %s alone', async (title, value, expected) => {
    const { importCsv, everybody } = await withAnna()

    const { report } = await importCsv(`phone,${title}\n79001234567,${value}\n`)

    expect(report).toMatchObject({ total: 1, updated: 1 })
    expect(await everybody()).toMatchObject([{ name: 'Anna', ...expected }])
  })

  it('is skipped if the row changes nothing', async () => {
    const { importCsv, everybody, published } = await withAnna()
    const before = await everybody()

    const { report } = await importCsv('phone,name,tags,city\n79001234567,Anna,vip,\n')

    expect(report).toMatchObject({ total: 1, skipped: 1 })
    expect(await everybody()).toEqual(before)
    expect(published).toEqual([])
  })

  it('is skipped when known ones are to stay as they are', async () => {
    const { importCsv, everybody } = await withAnna()

    const { report } = await importCsv('phone,name\n79001234567,Other\n79001234568,Boris\n79001234568,Other\n', {
      onKnown: 'skip',
    })

    expect(report).toMatchObject({ total: 3, created: 1, skipped: 2 })
    expect((await everybody()).map((client) => client.name)).toEqual(['Anna', 'Boris'])
  })

  it('includes those of earlier lines, near and far', async () => {
    const { importCsv, everybody } = await clientDirectory()
    const far = Array.from({ length: 5000 }, (_, n) => `${phoneNumber(n)},,a`)

    const { report } = await importCsv(
      ['phone,name,tags', `${phoneNumber(0)},First,b`, ...far, `${phoneNumber(4999)},Last,c`].join('\n'),
    )

    expect(report).toMatchObject({ total: 5002, created: 5000, updated: 2, skipped: 0 })
    const [first] = await everybody()
    expect(first).toMatchObject({ phone: phoneNumber(0), name: 'First', tags: ['a', 'b'] })
  })

  it.each([
    [
      'addTags',
      ['city;new', 'new;old'],
      { name: 'Anna', tags: ['city', 'new', 'old', 'vip'], attributes: { age: '5' } },
    ],
    ['replaceTags', ['city;new', ''], { name: 'Anna', tags: ['city', 'new'], attributes: { age: '5' } }],
    ['replaceTags', ['city', 'vip'], { name: 'Anna', tags: ['vip'], attributes: { age: '5' } }],
  ] as const)('has nothing but its tags changed by %s with %j', async (onKnown, tags, expected) => {
    const { store, importCsv, everybody } = await clientDirectory()
    await addClient(store, { phone: phoneNumber(1), name: 'Anna', tags: ['vip', 'old'], attributes: { age: '5' } })
    const lines = tags.map((names) => `${phoneNumber(1)},Other,${names},6`)

    const { report } = await importCsv(['phone,name,tags,age', ...lines].join('\n'), { onKnown })

    expect(await everybody()).toMatchObject([expected])
    expect(report).toMatchObject({ total: 2, repeated: 1, created: 0 })
  })

  it('makes no difference to one who is new', async () => {
    const { importCsv, everybody } = await clientDirectory()

    await importCsv(`phone,name,tags\n${phoneNumber(1)},Anna,vip\n`, { onKnown: 'replaceTags' })

    expect(await everybody()).toMatchObject([{ name: 'Anna', tags: ['vip'] }])
  })
})
