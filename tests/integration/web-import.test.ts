import { describe, expect, test } from 'vitest'
import { openTestHost, type TestHost } from '../support/web-host.ts'

const csv =
  'phone,name,tags,timezone,city\n+7 900 123-45-67,Anna,vip;moscow,Europe/Moscow,Tver\n89001234568,Boris,,,\n123,Nobody,,,\n'

function upload(host: TestHost, query: string, body: string, contentType = 'application/x-www-form-urlencoded') {
  return host.ask(`/clients/import${query}`, { method: 'POST', headers: { 'content-type': contentType }, body })
}

describe('POST /clients/import', () => {
  test.each(['application/x-www-form-urlencoded', 'text/csv', 'application/octet-stream', 'application/json'])(
    'accepts the bare file as %s',
    async (contentType) => {
      const host = await openTestHost()
      const answer = await upload(host, '/', csv, contentType)
      expect(answer.status).toBe(200)
      expect(answer.json).toMatchObject({ total: 3, created: 2, updated: 0, skipped: 0, refused: 1 })
      expect(answer.json.refusals).toMatchObject([{ line: 4, field: 'phone', value: '123' }])
      const { results } = (await host.ask('/clients/?search=Anna')).json
      expect(results).toMatchObject([
        { phone: '79001234567', tags: ['moscow', 'vip'], timeZone: 'Europe/Moscow', attributes: { city: 'Tver' } },
      ])
    },
  )

  test('accepts a file inside a form', async () => {
    const host = await openTestHost()
    const form = new FormData()
    form.set('file', new File([csv], 'clients.csv'))
    const request = new Request('http://local/', { method: 'POST', body: form })
    const body = Buffer.from(await request.arrayBuffer())
    const headers = { 'content-type': request.headers.get('content-type') ?? '' }
    const answer = await host.ask('/clients/import', { method: 'POST', headers, body })
    expect(answer.json).toMatchObject({ created: 2, refused: 1 })
  })

  test('maps and ignores the columns that the query names, in any script', async () => {
    const host = await openTestHost()
    const table = 'phone;Mobile;Имя;Notes, private;City\nx;79001234567;Анна;secret;Tver\n'
    const query = `?${new URLSearchParams({ phone: 'mobile', name: 'Имя', ignore: 'Notes, private' })}`
    expect((await upload(host, query, table)).json).toMatchObject({ created: 1, refused: 0 })
    const { results } = (await host.ask('/clients/')).json
    expect(results).toMatchObject([{ phone: '79001234567', name: 'Анна', attributes: { phone: 'x', City: 'Tver' } }])
    expect(results[0].attributes).not.toHaveProperty('Notes, private')
  })

  test('updates known clients, or skips them on request', async () => {
    const host = await openTestHost()
    await upload(host, '', csv)
    expect((await upload(host, '?onKnown=skip', csv)).json).toMatchObject({ created: 0, skipped: 2, refused: 1 })
    expect((await upload(host, '?onKnown=update', csv)).json).toMatchObject({ created: 0, refused: 1 })
  })

  test.each([
    ['?phone=Handy', 'phone: the file has no column "Handy"; it has "phone", "name", "tags", "timezone", "city"'],
    ['?onKnown=never', 'onKnown: must be one of: update, skip'],
    ['?colour=red', 'colour: is not a known parameter'],
    ['?name=city&tags=city', 'tags: the column "city" is named twice'],
  ])('rejects the query %s with an explanation', async (query, words) => {
    const host = await openTestHost()
    const answer = await upload(host, query, csv)
    expect(answer.status).toBe(400)
    expect(answer.json.code).toBe('VALIDATION')
    expect(answer.json.message).toContain(words)
    expect((await host.ask('/clients/')).json.count).toBe(0)
  })

  test('rejects a file with a declared size above 256 MB before it is sent', async () => {
    const host = await openTestHost()
    const headers = { 'content-length': String(300 * 1024 * 1024), expect: '100-continue' }
    // Nothing is sent, so an answer can only come before the body.
    const answer = await host.ask('/clients/import', { method: 'POST', headers })
    expect(answer.status).toBe(413)
    expect(answer.json.message).toContain('256 MB')
  })
})
