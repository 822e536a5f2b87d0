import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { json, openTestHost, shareTestHost } from '../support/web-host.ts'

const anna = { phone: '+7 (900) 123-45-67', name: 'Anna', tags: ['vip'] }

describe('clients over REST', () => {
  test.each(['', '/'])('are created, changed and deleted at addresses that end in "%s"', async (slash) => {
    const host = await openTestHost()
    const made = await host.ask(`/clients${slash}`, json('POST', anna))
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ phone: '79001234567', operatorCode: '900', name: 'Anna', tags: ['vip'] })
    const address = `/clients/${made.json.id}${slash}`
    expect((await host.ask(address)).json).toEqual(made.json)
    expect((await host.ask(address, json('PATCH', { name: 'Anya' }))).json).toMatchObject({
      name: 'Anya',
      tags: ['vip'],
    })
    expect((await host.ask(address, json('PUT', { phone: '79001234568' }))).json).toMatchObject({
      phone: '79001234568',
      tags: [],
    })
    const deleted = await host.ask(address, { method: 'DELETE' })
    expect(deleted.status).toBe(204)
    expect(deleted.text).toBe('')
    expect((await host.ask(address)).status).toBe(404)
  })

  test('are accepted as curl sends them, with a wrong content type or as a form', async () => {
    const host = await openTestHost()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = [form, {}, { 'content-type': 'text/plain' }]
    for (const [index, header] of headers.entries()) {
      const body = JSON.stringify({ phone: `7900123450${index}` })
      expect((await host.ask('/clients/', { method: 'POST', headers: header, body })).status).toBe(201)
    }
    const answer = await host.ask('/clients/', { method: 'POST', headers: form, body: 'phone=79001234599&name=Anna+K' })
    expect(answer.json).toMatchObject({ phone: '79001234599', name: 'Anna K' })
  })

  test('are listed in pages with links that work', async () => {
    const host = await openTestHost()
    for (const index of [1, 2, 3, 4, 5])
      await host.client.clients.create({ phone: `7900123450${index}`, tags: ['a & b'] })
    const first = await host.ask('/clients?limit=2&tag=a%20%26%20b')
    expect(first.json).toMatchObject({ count: 5, previous: null })
    expect(first.json.next).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/clients/\\?`))

    const seen = [...first.json.results]
    let { next } = first.json
    let pages = 1
    while (next !== null) {
      const address = new URL(next)
      expect(address.searchParams.get('tag')).toBe('a & b')
      const page = await host.ask(address.pathname + address.search)
      seen.push(...page.json.results)
      next = page.json.next
      pages += 1
      if (next === null) expect(new URL(page.json.previous).searchParams.get('offset')).toBe('2')
    }
    expect(pages).toBe(3)
    expect(new Set(seen.map((client) => client.id)).size).toBe(5)
  })

  test('link to the host name of the request', async () => {
    const host = await openTestHost()
    for (const index of [1, 2]) await host.client.clients.create({ phone: `7900123450${index}` })
    const page = await host.ask('/clients/?limit=1', { headers: { host: `localhost:${host.port}` } })
    expect(new URL(page.json.next).host).toBe(`localhost:${host.port}`)
  })
})

test('PUT accepts what GET returns, and changes nothing', async () => {
  const host = await openTestHost()
  const { id: clientId } = await host.client.clients.create({ ...anna, attributes: { city: 'Omsk' } })
  const filter = { tags: ['vip'] }
  const window = { from: '22:00', to: '06:00' }
  const draft = await host.client.deliveries.create({ text: 'Hi', filter, window, ratePerSecond: 5, draft: true })
  const begun = await host.client.deliveries.create({ text: 'Hi', window: { from: '00:00', to: '00:01' } })
  const over = await host.client.deliveries.cancel({ id: begun.id })
  for (const address of [`/clients/${clientId}/`, `/deliveries/${draft.id}/`, `/deliveries/${over.id}/`]) {
    const { json: before } = await host.ask(address)
    const put = await host.ask(address, json('PUT', before))
    expect([address, put.status]).toEqual([address, 200])
    expect({ ...put.json, updatedAt: null }).toEqual({ ...before, updatedAt: null })
    const strange = await host.ask(address, json('PUT', { ...before, colour: 'red' }))
    expect(strange.json.data.issues).toMatchObject([
      { path: 'colour', code: 'unknown_field', message: 'is not a known field' },
    ])
  }
})

const sharedHost = shareTestHost()

describe('errors over REST', () => {
  test('name each field and its reason', async () => {
    const host = sharedHost()
    const answer = await host.ask('/clients/', json('POST', { phone: '12', tags: 'vip', colour: 'red' }))
    expect(answer.status).toBe(400)
    expect(answer.json.code).toBe('VALIDATION')
    const { issues } = answer.json.data
    expect(issues).toContainEqual({ path: 'tags', code: 'not_list', params: {}, message: 'must be a list' })
    expect(issues).toContainEqual({
      path: 'colour',
      code: 'unknown_field',
      params: {},
      message: 'is not a known field',
    })
    expect(issues.find((issue: { path: string }) => issue.path === 'phone').message).toMatch(/\w+/)
    expect(answer.json.message).toContain('tags: must be a list')
    expect(Object.keys(answer.json).sort()).toEqual(['code', 'data', 'message'])
  })

  test.each([
    ['/clients/?limit=0', 'limit', 'must be at least 1'],
    ['/clients/?limit=1001', 'limit', 'must be at most 1000'],
    ['/clients/?limit=many', 'limit', 'must be a number'],
    ['/clients/?offset=-1', 'offset', 'must be at least 0'],
    ['/clients/abc/', 'id', 'must be a number'],
    ['/deliveries/?status=lost', 'status', 'must be one of: draft, '],
    ['/clients/0/', 'id', 'must be more than 0'],
    ['/clients/9007199254740993/', 'id', 'must be at most 9007199254740991'],
    ['/clients/?status=foo', 'status', 'is not a known field'],
    ['/deliveries/?state=draft', 'state', 'is not a known field'],
    ['/messages/?delivery=1', 'delivery', 'is not a known field'],
  ])('at %s name %s', async (path, field, reason) => {
    const host = sharedHost()
    const answer = await host.ask(path)
    expect(answer.status).toBe(400)
    expect(answer.json.message).toContain(`${field}: ${reason}`)
    expect(answer.json.data.issues[0].path).toBe(field)
  })
})

describe('rejected requests over REST', () => {
  test('explain an empty or broken body', async () => {
    const host = sharedHost()
    const empty = await host.ask('/clients/', { method: 'POST' })
    expect(empty.status).toBe(400)
    expect(empty.json.data.issues).toContainEqual({
      path: 'phone',
      code: 'phone_format',
      params: {},
      message: 'must be a phone number',
    })
    const broken = await host.ask('/clients/', { ...json('POST', {}), body: '{"phone": ' })
    expect(broken.status).toBe(400)
    expect(broken.json).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('not valid JSON') })
  })

  test.each(['[]', 'null', '"text"', '7', '[{"name": "Boris"}]'])(
    'reject a body that is not an object: %s',
    async (body) => {
      const host = await openTestHost()
      const { id } = await host.client.clients.create({ phone: '79001234567', name: 'Anna' })
      for (const method of ['PATCH', 'PUT']) {
        const answer = await host.ask(`/clients/${id}/`, { ...json(method, {}), body })
        expect(answer.status).toBe(400)
        expect(answer.json).toMatchObject({
          code: 'VALIDATION',
          message: expect.stringContaining('must be a JSON object'),
        })
      }
      expect((await host.ask('/clients/', { ...json('POST', {}), body })).status).toBe(400)
    },
  )

  test('are 404 for an unknown id or address, 409 for a conflict, 405 for an unsupported method', async () => {
    const host = sharedHost()
    for (const path of [
      '/clients/77/',
      '/deliveries/77/',
      '/messages/77/',
      '/deliveries/77/get_detail_statistic/',
      '/deliveries/77/get_detailed_statistic',
    ]) {
      const answer = await host.ask(path)
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'NOT_FOUND'])
    }
    expect((await host.ask('/deliveries/77/start/', { method: 'POST' })).status).toBe(404)
    expect((await host.ask('/nothing/')).json).toMatchObject({ code: 'NOT_FOUND' })

    await host.ask('/clients/', json('POST', anna))
    const conflict = await host.ask('/clients/', json('POST', anna))
    expect(conflict.status).toBe(409)
    expect(conflict.json).toMatchObject({ code: 'CONFLICT', data: { field: 'phone' } })

    const method = await host.ask('/messages/', json('POST', {}))
    expect(method.status).toBe(405)
    expect(method.headers.allow).toBe('GET')
  })

  test('reject a body of more than 1 MB, and leave the connection usable', async () => {
    const host = sharedHost()
    const large = JSON.stringify({ phone: '79001234567', name: 'x'.repeat(1024 * 1024) })
    for (const path of ['/clients/', '/rpc/clients/create']) {
      const declared = await host.ask(path, { ...json('POST', {}), body: large })
      expect(declared.status).toBe(413)
      expect(declared.json.message).toContain('1 MB')
      const chunked = await host.ask(path, { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: large })
      expect(chunked.status).toBe(413)
    }
  })
})

test('HEAD answers like GET without a body', async () => {
  const host = sharedHost()
  for (const path of ['/clients/', '/docs/']) {
    const answer = await host.ask(path, { method: 'HEAD' })
    expect([path, answer.status, answer.text]).toEqual([path, 200, ''])
  }
})

test('statistics answer at every address of the reference system', async () => {
  const host = await openTestHost()
  const general = await host.ask('/deliveries/get_general_statistic')
  expect(general.json).toMatchObject({ deliveries: { total: 0 }, messages: { total: 0 }, results: [] })
  expect((await host.ask('/deliveries/get_general_statistic/')).json).toEqual(general.json)
})

test('the log has every request, without the token and the query', async () => {
  const host = sharedHost()
  await host.ask('/clients/?search=79001234567&token=never')
  await host.ask('/clients/12345/')
  await expect
    .poll(() => readFile(join(host.dataDir, 'logs/main.log'), 'utf8').catch(() => ''))
    .toMatch(/GET \/clients\/12345\/ 404 \d+ ms/)
  expect(await readFile(join(host.dataDir, 'logs/main.log'), 'utf8')).not.toMatch(/search|never|79001234567/)
})
