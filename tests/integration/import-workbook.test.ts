import { describe, expect, it } from 'vitest'
import { clientDirectory, csvFile } from '#tests/support/client-directory.ts'
import { workbookOf } from '#tests/support/workbook.ts'

describe('a workbook', () => {
  it('is read as it is shown: phones that are numbers, dates, and blank lines between', async () => {
    const { importCsv, everybody } = await clientDirectory()
    const workbook = await workbookOf({
      Люди: [
        ['Телефон', 'Имя', 'Теги', 'День рождения', 'Скидка', 'Бонус'],
        [79161234567, 'Анна', 'vip;new', new Date('1990-05-17T00:00:00Z'), 0.15, true],
        [null, null, null, null, null, null],
        ['8 (901) 000-00-02', 'Boris', null, new Date('2026-11-25T09:30:00Z'), 12_000_000_000, false],
        [7.9161e10, 'Rounded', null, null, null, null],
        [123, 'Wrong', null, null, null, null],
      ],
    })

    const { report, events } = await importCsv(workbook)

    expect(await everybody()).toMatchObject([
      {
        phone: '79161234567',
        name: 'Анна',
        tags: ['new', 'vip'],
        attributes: { 'День рождения': '1990-05-17', Скидка: '0.15', Бонус: 'true' },
      },
      {
        phone: '79010000002',
        name: 'Boris',
        attributes: { 'День рождения': '2026-11-25 09:30', Скидка: '12000000000', Бонус: 'false' },
      },
      // A phone that really ends in zeros looks the same as a number that was rounded.
      { phone: '79161000000', name: 'Rounded' },
    ])
    expect(report).toMatchObject({ total: 4, created: 3, refused: 1, refusals: [{ line: 6, field: 'phone' }] })
    expect(events.at(-2)).toMatchObject({ kind: 'progress', bytesRead: workbook.length, bytesTotal: workbook.length })
  })

  it('has the sheet read that is named, and the first one unless one is', async () => {
    const { client, importCsv, everybody } = await clientDirectory()
    const workbook = await workbookOf({
      Anna: [['phone'], [79000000001]],
      Boris: [
        ['phone', 'name'],
        [79000000002, 'Boris'],
      ],
    })

    expect(await client.clients.readTable({ file: csvFile(workbook) })).toMatchObject({
      sheets: ['Anna', 'Boris'],
      sheet: 'Anna',
      header: ['phone'],
      sample: [['79000000001']],
    })
    await importCsv(workbook, { sheet: 'Boris' })
    expect(await everybody()).toMatchObject([{ phone: '79000000002', name: 'Boris' }])
    await importCsv(workbook)
    expect(await everybody()).toHaveLength(2)
    await expect(importCsv(workbook, { sheet: 'Vera' })).rejects.toMatchObject({
      data: { issues: [{ path: 'csv', message: 'the workbook has no sheet "Vera"; it has Anna, Boris' }] },
    })
  })

  it('of many lines loses none', async () => {
    const { importCsv, client } = await clientDirectory()
    const rows = Array.from({ length: 10_000 }, (_, n) => [79000000000 + n, `Client ${n}`])

    const { report } = await importCsv(await workbookOf({ All: [['phone', 'name'], ...rows] }))

    expect(report).toMatchObject({ total: 10_000, created: 10_000 })
    expect(await client.clients.page({ limit: 1 })).toMatchObject({ count: 10_000 })
  })

  it.each([
    ['is cut off', async () => (await workbookOf({ A: [['phone'], ['79000000001']] })).subarray(0, 900), 'is damaged'],
    ['is of the older kind', async () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'save it as .xlsx'],
    ['is some other archive', otherArchive, 'is damaged'],
    ['would unpack to gigabytes', bomb, 'too large: split it, or save it as CSV'],
    ['is empty', () => workbookOf({ A: [] }), 'the file is empty'],
  ])('that %s is refused in words, and nothing is written', async (_what, make, words) => {
    const { importCsv, everybody } = await clientDirectory()

    const failure = await importCsv(await make()).catch((error: unknown) => error)

    expect(failure).toMatchObject({
      code: 'VALIDATION',
      data: { issues: [{ message: expect.stringContaining(words) }] },
    })
    expect(await everybody()).toEqual([])
  })
})

/** A workbook whose list of sheets is missing. */
async function otherArchive(): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = await workbookOf({ A: [['phone'], ['79000000001']] })
  return Buffer.from(workbook.toString('latin1').replaceAll('xl/workbook.xml', 'xl/something.ml'), 'latin1')
}

/** A workbook whose first file claims to unpack to three gigabytes. */
async function bomb(): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = await workbookOf({ A: [['phone'], ['79000000001']] })
  workbook.writeUInt32LE(3_000_000_000, workbook.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24)
  return workbook
}
