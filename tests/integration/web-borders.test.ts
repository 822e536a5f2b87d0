import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shareTestHost, token } from '../support/web-host.ts'

/** A built console with one hashed asset, and a secret beside it. */
async function makeConsole(folder: string): Promise<string> {
  const console = join(folder, 'console')
  await mkdir(join(console, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(console, 'index.html'), '<!doctype html><title>Herald</title>')
  await writeFile(join(console, 'assets', 'main-1a2b3c.js'), 'export {}')
  await symlink(join(folder, 'secret.txt'), join(console, 'assets', 'linked.txt'))
  return console
}

const sharedHost = shareTestHost(makeConsole)
const bareHost = shareTestHost()

describe('the token', () => {
  const paths = [
    '/',
    '/clients/',
    '/clients/1',
    '/docs/',
    '/docs/openapi.json',
    '/rpc/clients/list',
    '/nothing',
    '/assets/main-1a2b3c.js',
  ]

  test.each(paths)('is required at %s', async (path) => {
    const host = sharedHost()
    const answers = await Promise.all([
      host.askBare(path),
      host.askBare(path, { method: 'POST', body: '{}' }),
      host.askBare(path, { headers: { authorization: 'Bearer wrong' } }),
      host.askBare(path, { headers: { authorization: `Basic ${token}` } }),
      host.askBare(path, { headers: { cookie: `herald_${host.port}=${token}` } }),
      host.askBare(`${path}?token=wrong`),
    ])
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.json).toMatchObject({ code: 'UNAUTHORIZED', message: expect.stringContaining('token') })
    }
  })

  test('opens the API as a bearer token', async () => {
    const host = sharedHost()
    expect((await host.ask('/clients/')).status).toBe(200)
  })

  test('in the link becomes a cookie that opens everything, and disappears from the address', async () => {
    const host = sharedHost()
    const entered = await host.askBare(`/docs/?token=${token}&lang=ru`)
    expect(entered.status).toBe(303)
    expect(entered.headers.location).toBe('/docs/?lang=ru')
    const [setCookie = ''] = entered.headers['set-cookie'] ?? []
    expect(setCookie).toMatch(new RegExp(`^herald_${host.port}=[\\w-]+; Path=/; HttpOnly; SameSite=Strict$`))
    expect(setCookie).not.toContain(token)

    const cookie = setCookie.split(';')[0] ?? ''
    expect((await host.askBare('/', { headers: { cookie } })).status).toBe(200)
    expect((await host.askBare('/clients/', { headers: { cookie: `other=1; ${cookie}` } })).status).toBe(200)
  })

  test('in the link never leads to another host', async () => {
    const host = sharedHost()
    const entered = await host.askBare(`//evil.example/?token=${token}`)
    expect(entered.status).toBe(303)
    expect(entered.headers.location).toBe('/evil.example/')
  })

  test('in a link on another site continues by a page, since a strict cookie skips the redirect', async () => {
    const host = sharedHost()
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const entered = await host.askBare(`/docs/?token=${token}`, { headers })
    expect(entered.status).toBe(200)
    expect(entered.headers['set-cookie']?.[0]).toContain('SameSite=Strict')
    expect(entered.text).toContain('url=/docs/"')
    expect(entered.text).not.toContain(token)
  })

  test('missing in a browser shows a page in both languages', async () => {
    const host = sharedHost()
    const answer = await host.askBare('/', { headers: { accept: 'text/html,*/*' } })
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.text).toContain('the link it printed at startup')
    expect(answer.text).toContain('по ссылке, которую он показал при запуске')
  })
})

describe('the origin check', () => {
  const bearer = { authorization: `Bearer ${token}` }

  test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '[::1]'])(
    'rejects the host %s',
    async (name) => {
      const host = sharedHost()
      const answer = await host.askBare(`/clients/?token=${token}`, { headers: { ...bearer, host: name } })
      expect(answer.status).toBe(403)
      expect(answer.json.code).toBe('FORBIDDEN')
      expect(answer.headers['set-cookie']).toBeUndefined()
    },
  )

  test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'http://localhost:3000'])(
    'rejects the origin %s',
    async (origin) => {
      const host = sharedHost()
      expect((await host.askBare('/clients/', { headers: { ...bearer, origin } })).status).toBe(403)
      expect((await host.askBare('/rpc/clients/list', { method: 'POST', headers: { ...bearer, origin } })).status).toBe(
        403,
      )
    },
  )

  test.each(['cross-site', 'same-site'])('rejects what a %s page fetches', async (site) => {
    const host = sharedHost()
    const fetched = { ...bearer, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }
    expect((await host.askBare('/clients/', { headers: fetched })).status).toBe(403)
    const followed = { ...bearer, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }
    expect((await host.askBare('/docs/', { headers: followed })).status).toBe(200)
  })

  test('accepts its own page by either name', async () => {
    const host = sharedHost()
    for (const name of [`127.0.0.1:${host.port}`, `localhost:${host.port}`, `LocalHost:${host.port}`]) {
      const headers = { ...bearer, host: name, origin: `http://${name.toLowerCase()}`, 'sec-fetch-site': 'same-origin' }
      expect((await host.askBare('/clients/', { headers })).status).toBe(200)
    }
  })
})

describe('the files of the console', () => {
  test('come with a policy against foreign code, and are cached only when their name contains a hash', async () => {
    const host = sharedHost()
    const page = await host.ask('/')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(page.headers['cache-control']).toBe('no-store')
    const asset = await host.ask('/assets/main-1a2b3c.js')
    expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(asset.headers['cache-control']).toContain('immutable')
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/linked.txt',
    '/assets/',
    '/%00',
    '/%zz',
  ])('cannot be left by %s', async (path) => {
    const host = sharedHost()
    const answer = await host.ask(path)
    expect(answer.status).toBe(404)
    expect(answer.json.code).toBe('NOT_FOUND')
  })

  test('show a hint when they are not built, while the API works', async () => {
    const host = bareHost()
    const page = await host.ask('/')
    expect(page.status).toBe(503)
    expect(page.text).toContain('npm run web')
    expect((await host.ask('/clients/')).status).toBe(200)
  })
})
