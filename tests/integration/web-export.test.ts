import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { csvLines } from '../support/exported.ts'
import { json, openTestHost, shareTestHost, type TestHost, token } from '../support/web-host.ts'

const sharedHost = shareTestHost()

async function addClients({ client }: Pick<TestHost, 'client'>, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `79${String(n).padStart(9, '0')},Client ${n},all;${n % 2}`)
  const csv = new File([`phone,name,tags\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report') expect(event.report.created).toBe(count)
}

test('a script downloads clients, filtered and ordered, only with the token', async () => {
  const host = await openTestHost()
  await addClients(host, 10)
  const path = '/clients/export.csv?tag=1&sortBy=phone&descending=true&separator=semicolon'
  expect((await host.askBare(path)).status).toBe(401)
  const answer = await host.ask(path)
  expect(answer.status).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="clients.csv"',
  })
  const [header, ...lines] = csvLines(answer.text)
  expect(header?.slice(0, 3)).toEqual(['phone', 'name', 'tags'])
  expect(lines.map((line) => line[1])).toEqual([9, 7, 5, 3, 1].map((n) => `Client ${n}`))
  const some = await host.ask('/clients/export.csv?ids=2,4')
  expect(csvLines(some.text).map((line) => line[1])).toEqual(['name', 'Client 1', 'Client 3'])
  expect((await host.ask('/clients/export.xlsx')).text.slice(0, 2)).toBe('PK')
})

test('messages and statistics have their own addresses', async () => {
  const host = sharedHost()
  const { json: delivery } = await host.ask('/deliveries/', json('POST', { text: 'Hello', draft: true }))
  for (const [path, column] of [
    ['/deliveries/export.csv', 'name'],
    ['/statistics/period.csv?by=tag&since=2026-11-01&until=2026-11-30', 'tag'],
    [`/deliveries/${delivery.id}/messages.csv?status=sent`, 'phone'],
    [`/deliveries/${delivery.id}/results.csv`, 'result'],
    [`/deliveries/${delivery.id}/timeline.csv`, 'sent'],
  ] as const)
    expect(csvLines((await host.ask(path)).text)[0], path).toContain(column)
})

test('an invalid request returns the field and the remedy, and no file', async () => {
  const host = sharedHost()
  const refusals = [
    ['/clients/export.csv?tags=vip', 'tags', 'is not a known parameter'],
    ['/clients/export.csv?descending=yes', 'descending', 'must be true or false'],
    ['/clients/export.csv?sortBy=age', 'subject.sortBy', ''],
    ['/clients/export.xlsx?zone=Mars', 'timeZone', 'must be an IANA time zone'],
    ['/deliveries/export.csv?separator=tab', 'separator', ''],
  ] as const
  for (const [path, field, words] of refusals) {
    const answer = await host.ask(path)
    expect(answer.status, path).toBe(400)
    expect(answer.json, path).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: field }] } })
    expect(answer.json.message).toContain(words)
  }
  expect(await host.ask('/deliveries/99/messages.csv')).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } })
})

test('a reader that aborts does not disturb the host', async () => {
  const host = await openTestHost()
  await addClients(host, 20_000)
  await new Promise<void>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const sent = request({ host: '127.0.0.1', port: host.port, path: '/clients/export.csv', headers }, (response) => {
      response.once('data', () => {
        response.destroy()
        resolve()
      })
    })
    sent.on('error', reject)
    sent.end()
  })
  expect(csvLines((await host.ask('/clients/export.csv')).text)).toHaveLength(20_001)
})

test('a download that is open when the program locks is aborted, so it cannot be mistaken for a complete file', async () => {
  const host = await openTestHost()
  await addClients(host, 60_000)
  await host.client.lock.setPassphrase({ next: 'correct horse battery' })
  const headers = { authorization: `Bearer ${token}` }
  const sent = request({ host: '127.0.0.1', port: host.port, path: '/clients/export.csv', headers }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  await host.client.lock.lock()
  await expect(text(response)).rejects.toThrow('aborted')
})

test('the reference describes every address', async () => {
  const { json: document } = await sharedHost().ask('/docs/openapi.json')
  for (const format of ['csv', 'xlsx'])
    for (const path of [
      '/clients/export',
      '/deliveries/export',
      '/statistics/period',
      '/deliveries/{id}/messages',
      '/deliveries/{id}/results',
      '/deliveries/{id}/timeline',
    ])
      expect(document.paths[`${path}.${format}`].get.responses).toMatchObject({ 200: {}, 400: {}, 401: {}, 409: {} })
})
