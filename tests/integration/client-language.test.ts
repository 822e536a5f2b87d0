import { expect, test } from 'vitest'
import { previewText } from '#electron/deliveries/preview.ts'
import { everybody, filterSchema } from '#shared/domain/filter.ts'
import { clientDirectory } from '../support/client-directory.ts'
import { csvLines, exportedFile } from '../support/exported.ts'
import { json, openTestHost } from '../support/web-host.ts'

const file =
  'phone,name,Язык\n79000000001,Anna,RU\n79000000002,Ben,en-gb\n79000000003,Nobody,\n79000000004,Bad,Russian\n'

test('an import reads languages in their canonical spelling, and refuses what is none', async () => {
  const { importCsv, everybody: clients } = await clientDirectory()
  const { report } = await importCsv(file)
  expect((await clients()).map(({ language }) => language)).toEqual(['ru', 'en-GB', ''])
  expect(report.refusals).toMatchObject([{ line: 5, field: 'language', value: 'Russian', code: 'language_unknown' }])
  await importCsv('phone,lang\n79000000001,\n79000000002,fr\n')
  expect((await clients()).map(({ language }) => language)).toEqual(['ru', 'fr', ''])
})

test('an exported file brings every language back', async () => {
  const { importCsv, client } = await clientDirectory()
  await importCsv(file)
  const { text } = await exportedFile(
    await client.exports.write({ subject: { kind: 'clients', selection: { kind: 'query', query: {} } } }),
  )
  const [header = [], ...lines] = csvLines(text)
  const at = header.indexOf('language')
  expect(lines.map((line) => line[at])).toEqual(['ru', 'en-GB', ''])
  const other = await clientDirectory()
  await other.importCsv(text)
  expect((await other.everybody()).map(({ language }) => language)).toEqual(['ru', 'en-GB', ''])
})

test('filters select clients of any of some languages, and never one without', async () => {
  const { importCsv, client, store } = await clientDirectory()
  await importCsv(file)
  const count = async (filter: object) => (await store.read.audience.count(filterSchema.parse(filter))).clients
  expect(await count({ languages: ['EN-gb'] })).toBe(1)
  expect(await count({ languages: ['ru', 'en-GB'] })).toBe(2)
  expect(await count({ languages: ['ru'], operatorCodes: ['901'] })).toBe(0)
  expect(await count({ match: 'any', languages: ['ru'], operatorCodes: ['901'] })).toBe(1)
  expect(() => filterSchema.parse({ languages: [''] })).toThrow('language_unknown')
  for (const [languages, names] of [
    [['ru'], ['Anna']],
    [
      ['en-GB', 'ru'],
      ['Anna', 'Ben'],
    ],
  ] as const) {
    const { items, count: total } = await client.clients.list({ languages: [...languages] })
    expect([items.map(({ name }) => name), total]).toEqual([names, names.length])
  }
  const languagesOf = async () => (await client.clients.facets()).languages
  expect(await languagesOf()).toEqual([
    { value: 'en-GB', clients: 1 },
    { value: 'ru', clients: 1 },
  ])
  await client.clients.update({ id: 1, language: 'en-GB' })
  await client.clients.update({ id: 2, language: '' })
  expect(await languagesOf()).toEqual([{ value: 'en-GB', clients: 1 }])
  await client.clients.delete({ id: 1 })
  expect(await languagesOf()).toEqual([])
})

test('a text uses the language, or an attribute of that name where a client has none', async () => {
  const { importCsv, client, store } = await clientDirectory()
  await importCsv(file)
  await client.clients.update({ id: 3, attributes: { language: 'klingon' } })
  await client.clients.create({ phone: '79000000005' })
  const { samples, missing } = await previewText(store.read.audience, '[{{ language }}]', everybody, 4)
  expect(samples.map(({ text }) => text)).toEqual(['[ru]', '[en-GB]', '[klingon]', '[]'])
  expect(missing).toEqual([{ variable: 'language', clients: 1 }])
})

test('REST reads, writes, filters and checks the language', async () => {
  const host = await openTestHost()
  const made = await host.ask('/clients/', json('POST', { phone: '79000000001', language: 'pt-br' }))
  expect(made.json).toMatchObject({ language: 'pt-BR' })
  await host.ask('/clients/', json('POST', { phone: '79000000002' }))
  expect((await host.ask('/clients/?language=pt-BR')).json).toMatchObject({ count: 1 })
  const refused = await host.ask(`/clients/${made.json.id}/`, json('PATCH', { language: 'Portuguese' }))
  expect(refused.status).toBe(400)
  expect(refused.json.data.issues).toMatchObject([{ path: 'language', code: 'language_unknown' }])
})
