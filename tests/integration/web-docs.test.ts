import { expect, test } from 'vitest'
import { shareTestHost } from '../support/web-host.ts'

const sharedHost = shareTestHost()

const addresses: Readonly<Record<string, readonly string[]>> = {
  '/clients/': ['get', 'post'],
  '/clients/import': ['post'],
  '/clients/{id}/': ['get', 'put', 'patch', 'delete'],
  '/deliveries/': ['get', 'post'],
  '/deliveries/{id}/': ['get', 'put', 'patch', 'delete'],
  '/deliveries/{id}/start/': ['post'],
  '/deliveries/{id}/pause/': ['post'],
  '/deliveries/{id}/resume/': ['post'],
  '/deliveries/{id}/cancel/': ['post'],
  '/deliveries/get_general_statistic/': ['get'],
  '/deliveries/{id}/get_detail_statistic/': ['get'],
  '/deliveries/{id}/get_detailed_statistic/': ['get'],
  '/messages/': ['get'],
  '/messages/{id}/': ['get'],
}

test('the document contains every address of the reference system', async () => {
  const host = sharedHost()
  const answer = await host.ask('/docs/openapi.json')
  expect(answer.status).toBe(200)
  for (const [path, methods] of Object.entries(addresses)) {
    expect(answer.json.paths, path).toHaveProperty([path])
    expect(Object.keys(answer.json.paths[path]), path).toEqual(expect.arrayContaining([...methods]))
  }
})

test('the document describes the token, the errors and its own address', async () => {
  const host = sharedHost()
  const { json } = await host.ask('/docs/openapi.json')
  expect(json.openapi).toMatch(/^3\.1/)
  expect(json.servers).toEqual([{ url: `http://127.0.0.1:${host.port}` }])
  expect(json.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' })
  expect(json.security).toEqual([{ token: [] }])
  const create = json.paths['/clients/'].post
  expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['201', '400', '401', '409', '503']))
  const conflict = create.responses['409'].$ref
    .split('/')
    .reduce((at: Record<string, unknown>, key: string) => (key === '#' ? at : at[key]), json)
  expect(json.components.responses.STORE_UNAVAILABLE.description).toBe('Nothing can be saved now')
  expect(conflict.content['application/json'].schema.properties.code).toEqual({ const: 'CONFLICT' })
  const limit = json.paths['/clients/'].get.parameters.find((parameter: { name: string }) => parameter.name === 'limit')
  expect(limit).toMatchObject({ in: 'query', schema: { minimum: 1, maximum: 1000, default: 50 } })
})

test('the page and everything it loads are local files', async () => {
  const host = sharedHost()
  for (const path of ['/docs', '/docs/']) {
    const page = await host.ask(path)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.text).not.toMatch(/https?:/)
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
    expect(loaded).toHaveLength(4)
    for (const address of loaded) expect((await host.ask(address)).status, address).toBe(200)
  }
})
