import { expect, test } from 'vitest'
import { allLogs } from '../support/log-files.ts'
import { json, openTestHost, type Question, shareTestHost } from '../support/web-host.ts'

const sharedHost = shareTestHost()
const phones = ['79000000001', '79000000002']

test.each<[string, Question]>([
  ['as text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: phones.join('\n') }],
  ['as curl sends a file', { ...form(), body: `+7 900 000-00-01\r\n8 (900) 000-00-02` }],
  [
    'as a CSV file',
    { method: 'POST', headers: { 'content-type': 'text/csv' }, body: `name,phone\nA,${phones[0]}\nB,${phones[1]}` },
  ],
  ['as JSON', json('POST', { phones })],
  ['as JSON that curl calls a form', { ...form(), body: JSON.stringify({ phones: phones.join('; ') }) }],
  ['as a bare JSON list, numbers too', json('POST', phones.map(Number))],
  ['as a form with a file', multipart(phones.join('\n'))],
])('a list is accepted %s, and listed afterwards', async (_how, question) => {
  const host = await openTestHost()
  const posted = await host.ask('/do-not-contact/', question)
  expect(posted).toMatchObject({ status: 200, json: { total: 2, marked: 0, remembered: 2, already: 0, refused: 0 } })

  const listed = await host.ask('/do-not-contact?limit=1')
  expect(listed.json).toMatchObject({ count: 2, previous: null, results: [{ phone: phones[1], clientId: null }] })
  expect((await host.ask(new URL(listed.json.next).pathname + new URL(listed.json.next).search)).json).toMatchObject({
    next: null,
    results: [{ phone: phones[0] }],
  })
})

test('a hundred thousand phones can be pasted into the console', async () => {
  const host = await openTestHost()
  const phones = Array.from({ length: 100_000 }, (_, n) => `+7 (900) ${String(n).padStart(7, '0')}`).join('\n')
  const report = await host.client.clients.optOut({ phones })
  expect(report).toMatchObject({ total: 100_000, remembered: 100_000, refused: 0 })
})

test('a phone is removed by its address, in any spelling', async () => {
  const host = await openTestHost()
  await host.ask('/do-not-contact/', json('POST', { phones }))
  const path = `/do-not-contact/${encodeURIComponent('+7 (900) 000-00-01')}/`
  expect((await host.ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await host.ask('/do-not-contact/')).json).toMatchObject({ count: 1, results: [{ phone: phones[1] }] })
  expect((await host.ask(path, { method: 'DELETE' })).status).toBe(404)
  await expect.poll(() => allLogs(host.dataDir)).toContain('DELETE /do-not-contact/')
  expect(await allLogs(host.dataDir)).not.toMatch(/000-00-01|7900000000[12]/)
})

test.each<[string, Question]>([
  ['nothing', { method: 'POST' }],
  ['JSON without phones', json('POST', { list: 'x' })],
  ['phones of a wrong type', json('POST', { phones: { a: 1 } })],
  ['half of a JSON text', { method: 'POST', body: '{"phones": [' }],
])('%s is rejected with an explanation', async (_what, question) => {
  const answer = await sharedHost().ask('/do-not-contact/', question)
  expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION' } })
  expect(answer.json.message.length).toBeGreaterThan(0)
})

test('an invalid phone cannot be removed', async () => {
  const answer = await sharedHost().ask('/do-not-contact/12/', { method: 'DELETE' })
  expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION', data: { issues: [{ path: 'phone' }] } } })
})

test('without the token there is no list', async () => {
  expect((await sharedHost().askBare('/do-not-contact/', { method: 'POST', body: phones.join('\n') })).status).toBe(401)
  expect((await sharedHost().ask('/do-not-contact/')).json.count).toBe(0)
})

test('the reference describes it', async () => {
  const { json: document } = await sharedHost().ask('/docs/openapi.json')
  expect(Object.keys(document.paths['/do-not-contact/'])).toEqual(['get', 'post'])
  expect(Object.keys(document.paths['/do-not-contact/{phone}/'])).toEqual(['delete'])
  const { post } = document.paths['/do-not-contact/']
  expect(Object.keys(post.requestBody.content)).toEqual(['text/plain', 'text/csv', 'application/json'])
  expect(post.responses['200'].content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/OptOutReport',
  })
})

function form() {
  return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
}

function multipart(content: string): Question {
  const lines = [
    '--edge',
    'content-disposition: form-data; name="file"; filename="list.csv"',
    'content-type: text/csv',
    '',
    content,
    '--edge--',
    '',
  ]
  return {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
    body: lines.join('\r\n'),
  }
}
