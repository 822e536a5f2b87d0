import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { belongsToConsole, ownConsoleUrl } from '#electron/desktop/console/addresses.ts'
import {
  answerConsoleRequest,
  registerConsoleHandler,
  registerConsoleScheme,
} from '#electron/desktop/console/console-protocol.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { readableLog } from '#tests/support/readable-log.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

let parent: string
let folder: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'herald-console-'))
  folder = join(parent, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  // A sibling whose name begins like the folder's own.
  await mkdir(join(parent, 'renderer-secret'))
  await writeFile(join(parent, 'renderer-secret', 'key'), 'secret')
  await writeFile(join(parent, 'herald.db'), 'secret')
  await writeFile(join(folder, 'index.html'), '<title>Herald</title>')
  await writeFile(join(folder, 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'with space.css'), 'body {}')
})

afterAll(() => removeFolder(parent))

const get = (url: string, method = 'GET') => answerConsoleRequest({ url, method }, folder)

it('the console’s scheme is a secure origin, registered before Electron is ready', () => {
  const { electron, schemes } = electronStandIn()

  registerConsoleScheme(electron)

  expect(schemes).toMatchObject([{ scheme: 'herald', privileges: { standard: true, secure: true } }])
  expect(schemes[0]?.privileges).not.toHaveProperty('bypassCSP')
  expect(schemes[0]?.privileges).not.toHaveProperty('corsEnabled')
})

it('the console’s scheme serves the console through Electron’s handler', async () => {
  const { electron, handlers } = electronStandIn()
  await electron.app.whenReady()

  registerConsoleHandler(electron, folder, readableLog().log)

  const answer = await handlers.get('herald')?.(new Request(ownConsoleUrl))
  expect(await answer?.text()).toBe('<title>Herald</title>')
})

it.each([
  ['herald://console/', 'text/html; charset=utf-8', '<title>Herald</title>'],
  ['herald://console/index.html?theme=dark#/clients', 'text/html; charset=utf-8', '<title>Herald</title>'],
  ['herald://console/assets/main.js', 'text/javascript; charset=utf-8', 'export {}'],
  ['herald://console/assets/with%20space.css', 'text/css; charset=utf-8', 'body {}'],
])('the console’s scheme serves %s', async (url, type, text) => {
  const answer = await get(url)

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe(type)
  expect(await answer.text()).toBe(text)
})

it.each([
  'herald://console/missing.js',
  'herald://console/assets',
  'herald://console/assets/',
  'herald://console/index.html/more',
  'herald://elsewhere/index.html',
])('the console’s scheme answers %s with 404', async (url) => {
  expect((await get(url)).status).toBe(404)
})

it.each([
  'herald://console/..%2fherald.db',
  'herald://console/assets/..%2f..%2fherald.db',
  'herald://console/%2e%2e%2fherald.db',
  'herald://console/..%2frenderer-secret/key',
  'herald://console/..%5cherald.db',
  'herald://console/index.html%00.js',
  'herald://console/%E0%A4%A',
])('the console’s scheme refuses %s, which leads out of its folder', async (url) => {
  const answer = await get(url)

  expect(answer.status).toBe(403)
  expect(await answer.text()).toBe('')
})

it.each([
  '../herald.db',
  '..\\herald.db',
  '/%2e%2e/herald.db',
  '%2e%2e/%2e%2e/herald.db',
  '%252e%252e%252fherald.db',
  '..%255cherald.db',
  '..%2fherald.db%00.html',
  'C:/Windows/win.ini',
  'C%3A%5CWindows%5Cwin.ini',
  'index.html::$DATA',
  'CON',
  '/etc/passwd',
  '//etc/passwd',
  '%2fetc%2fpasswd',
  '//server/share/x',
  '%5c%5cserver%5cshare%5cx',
  '..%c0%afherald.db',
])('the console’s scheme returns nothing for %s', async (path) => {
  const answer = await get(`herald://console/${path}`)

  expect(await answer.text()).not.toContain('secret')
  expect(answer.status).not.toBe(200)
})

it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('the console’s scheme refuses %s', async (method) => {
  const answer = await get(ownConsoleUrl, method)

  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET')
})

it.each(['herald://console/', 'herald://console/missing', 'herald://console/..%2fherald.db'])(
  'the content policy allows only the program’s own files: %s',
  async (url) => {
    const { headers } = await get(url)
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ')
        return [name, sources.join(' ')]
      }),
    )

    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(JSON.stringify(policy)).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  },
)

it.each([
  ['herald://console/', true],
  ['herald://console', true],
  ['herald://console/index.html#/clients', true],
  ['herald://consolex/', false],
  ['herald://console.evil.example/', false],
  ['herald:console', false],
  ['https://console/', false],
  ['file:///console/', false],
  ['about:blank', false],
  ['null', false],
  ['', false],
])('the console’s address %s belongs to the console: %s', (address, belongs) => {
  expect(belongsToConsole(address, ownConsoleUrl)).toBe(belongs)
})

it('while a development server serves the console, only its origin belongs to the console', () => {
  expect(belongsToConsole('http://localhost:5173/x', 'http://localhost:5173')).toBe(true)
  expect(belongsToConsole('http://localhost:5174/x', 'http://localhost:5173')).toBe(false)
  expect(belongsToConsole('herald://console/', 'http://localhost:5173')).toBe(false)
})
