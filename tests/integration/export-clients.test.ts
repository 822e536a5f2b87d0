import { expect, onTestFinished, test } from 'vitest'
import { clientDirectory, csvOfClients } from '../support/client-directory.ts'
import { csvLines, exportedFile, xlsxLines } from '../support/exported.ts'
import { addClient, addClients, phoneNumber, testNow } from '../support/factories.ts'

const everybody = { kind: 'clients', selection: { kind: 'query', query: {} } } as const

test('a client is exported to CSV with everything that is known of it', async () => {
  const { store, client } = await clientDirectory()
  await addClient(store, {
    phone: phoneNumber(1),
    name: 'Анна "Ню", дочь',
    tags: ['vip', 'north'],
    attributes: { city: 'Тверь\nцентр', 'last order': '12' },
  })
  await addClient(store, { phone: phoneNumber(2), optedOutAt: '2026-11-22T09:00:00.000Z', attributes: { age: '-5' } })
  const { told, text } = await exportedFile(await client.exports.write({ subject: everybody }))
  const at = new Date(testNow).toISOString()
  expect(csvLines(text)).toEqual([
    [
      'phone',
      'name',
      'tags',
      'operatorCode',
      'timeZone',
      'language',
      'optedOutAt',
      'createdAt',
      'updatedAt',
      'id',
      'age',
      'city',
      'last order',
    ],
    [
      '79000000001',
      'Анна "Ню", дочь',
      'north;vip',
      '900',
      'Europe/Moscow',
      '',
      '',
      at,
      at,
      '1',
      '',
      'Тверь\nцентр',
      '12',
    ],
    ['79000000002', '', '', '900', 'Europe/Moscow', '', '2026-11-22T09:00:00.000Z', at, at, '2', '-5', '', ''],
  ])
  expect(told[0]).toMatchObject({ kind: 'begun', total: 2 })
  expect(told.at(-1)).toEqual({ kind: 'done', lines: 2 })
})

test('XLSX has the same clients as text, with dates in local time', async () => {
  const { store, client } = await clientDirectory()
  await addClient(store, {
    phone: phoneNumber(1),
    name: '  <Ann> & _x0041_ \u0001',
    tags: ['vip'],
    attributes: { code: '007' },
  })
  const { bytes } = await exportedFile(
    await client.exports.write({ subject: everybody, format: 'xlsx', timeZone: 'Asia/Kathmandu' }),
  )
  const [header, line] = await xlsxLines(bytes)
  expect(header?.slice(6, 8)).toEqual(['optedOutAt (Asia/Kathmandu)', 'createdAt (Asia/Kathmandu)'])
  expect(line?.[0]).toBe('79000000001')
  // The reader takes off spaces at the ends.
  expect(line?.[1]).toBe('<Ann> & _x0041_ \u0001')
  expect(line?.[6]).toBeNull()
  expect(line?.[7]).toEqual(new Date(testNow + (5 * 60 + 45) * 60_000))
  expect(line?.[9]).toBe(1)
  expect(line?.[10]).toBe('007')
})

test('what a spreadsheet would run as a formula is made harmless', async () => {
  const { store, client } = await clientDirectory()
  const names = ['=1+1', '+cmd|calc', '-2+3', '@sum', '-5', '+7 900', 'a=b']
  for (const [n, name] of names.entries()) await addClient(store, { phone: phoneNumber(n), name })
  const { text } = await exportedFile(await client.exports.write({ subject: everybody }))
  expect(
    csvLines(text)
      .slice(1)
      .map((line) => line[1]),
  ).toEqual(["'=1+1", "'+cmd|calc", "'-2+3", "'@sum", '-5', "'+7 900", 'a=b'])
})

test('the filter, the order and the marks of the list hold for the file, over many pages', async () => {
  const { importCsv, client } = await clientDirectory()
  await importCsv(csvOfClients(3500))
  const phones = async (subject: Parameters<typeof client.exports.write>[0]['subject']) => {
    const { text } = await exportedFile(await client.exports.write({ subject, separator: 'semicolon' }))
    expect(text.split('\r\n')[0]).toContain('phone;name;')
    return csvLines(text)
      .slice(1)
      .map((line) => line[0])
  }
  const tagged = Array.from({ length: 3500 }, (_, n) => n).filter((n) => n % 7 === 3)
  expect(await phones({ ...everybody, sortBy: 'phone', descending: true })).toEqual(
    Array.from({ length: 3500 }, (_, n) => phoneNumber(3499 - n)),
  )
  expect(
    await phones({ kind: 'clients', selection: { kind: 'query', query: { tags: ['3'] }, exceptIds: [4] } }),
  ).toEqual(tagged.slice(1).map(phoneNumber))
  expect(await phones({ kind: 'clients', selection: { kind: 'ids', ids: [9, 2, 9, 99_999] } })).toEqual(
    [1, 8].map(phoneNumber),
  )
})

test('titles and values use the texts in the request', async () => {
  const { store, client } = await clientDirectory()
  await addClients(store, 1)
  const { text } = await exportedFile(
    await client.exports.write({ subject: everybody, words: { 'column.phone': 'Телефон', 'column.name': 'Имя' } }),
  )
  expect(csvLines(text)[0]?.slice(0, 3)).toEqual(['Телефон', 'Имя', 'tags'])
})

test('a reader who acknowledges nothing is given a few pieces and no more', async () => {
  const { importCsv, client } = await clientDirectory()
  const lines = Array.from({ length: 400 }, (_, n) => `${phoneNumber(n)},N,${'x'.repeat(9000)}`)
  await importCsv(`phone,name,note\n${lines.join('\n')}`)
  const events = await client.exports.write({ subject: everybody, acknowledges: true })
  const begun = await events.next()
  if (begun.done === true || begun.value.kind !== 'begun') throw new Error('nothing has begun')
  for (let piece = 0; piece < 8; piece += 1) expect((await events.next()).value).toMatchObject({ kind: 'piece' })
  let hasMore = false
  const next = events.next().finally(() => {
    hasMore = true
  })
  // Another export runs from its beginning to its end meanwhile.
  await exportedFile(await client.exports.write({ subject: everybody }))
  expect(hasMore).toBe(false)
  await client.exports.taken({ exportId: begun.value.exportId })
  expect((await next).value).toMatchObject({ kind: 'piece' })
  await events.return(undefined)
})

test('an export that is broken off ends, and what it had opened is closed', async () => {
  const { importCsv, client } = await clientDirectory()
  await importCsv(csvOfClients(5000))
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const events = await client.exports.write({ subject: everybody, format: 'xlsx' }, { signal: leaving.signal })
  expect((await events.next()).value).toMatchObject({ kind: 'begun', total: 5000 })
  await events.return(undefined)
  expect((await events.next()).done).toBe(true)
})

test('an invalid order is refused with an explanation', async () => {
  const { client } = await clientDirectory()
  const wrong = client.exports.write({ subject: { kind: 'messages', deliveryId: 7 } })
  await expect(wrong.then((events) => events.next())).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
