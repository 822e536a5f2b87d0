import { expect, it } from 'vitest'
import { readMessage } from '#electron/desktop/console/guarded-port.ts'

const call = (path: string, body: string, id = '1') => `{"i":"${id}","p":{"u":"${path}","b":${body}}}`
const listOf = (json: unknown) => call('/clients/list', JSON.stringify({ json }))
const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part)))))

/** A call with a file, as oRPC's link sends it. */
async function withFile(input: unknown, content: BlobPart = 'phone\n', path = '/clients/import'): Promise<Uint8Array> {
  const form = new FormData()
  form.set('data', typeof input === 'string' ? input : JSON.stringify(input))
  form.set('0', new File([content], 'clients.csv'))
  const sent = new Response(form)
  const type = sent.headers.get('content-type')
  const head = `{"i":"2","p":{"u":"${path}","h":{"content-type":${JSON.stringify(type)}}}}`
  return new Uint8Array(Buffer.concat([Buffer.from(head), Buffer.of(0xff), Buffer.from(await sent.arrayBuffer())]))
}

it.each([
  ['a call', listOf({ limit: 10 })],
  ['a call without input', '{"i":"1a","p":{"u":"/settings/get","b":{}}}'],
  ['the cancellation of a call', '{"i":"1a","t":4}'],
  ['an event of a stream', '{"i":"1a","t":3,"p":{"e":"message","d":{"json":1}}}'],
  ['an attribute that is called constructor', listOf({ attributes: { constructor: 'a builder', prototype: 'x' } })],
  ['a pasted list of more than a megabyte', call('/clients/optOut', `"${'79000000001 '.repeat(100_000)}"`)],
])('a message is passed on: %s', async (_what, text) => {
  expect(await readMessage(text)).toEqual({ kind: 'message', message: JSON.parse(text) })
  expect(await readMessage(bytes(text))).toEqual({ kind: 'message', message: JSON.parse(text) })
})

it('a message is passed on with its form and file', async () => {
  const reading = await readMessage(await withFile({ json: {}, maps: [['csv']] }))

  const body = reading.kind === 'message' && 'p' in reading.message ? Reflect.get(reading.message.p ?? {}, 'b') : null
  expect(body).toBeInstanceOf(FormData)
  expect((body as FormData).get('0')).toBeInstanceOf(File)
})

it.each([
  ['nothing', undefined, 'neither text nor bytes'],
  ['an object that was never text', { i: '1', p: { u: '/clients/list' } }, 'neither text nor bytes'],
  ['a number', 7, 'neither text nor bytes'],
  ['plain text', 'hello', 'not JSON'],
  ['half of a call', '{"i":"1","p":{"u":"/clients/list"', 'not JSON'],
  ['unknown bytes', bytes(0, 1, 2), 'not JSON'],
  ['a list', '[]', 'not a message of the API'],
  ['a call without a path', '{"i":"1","p":{}}', 'not a message of the API'],
  ['a whole address', call('https://evil.example/x', '{}'), 'not a message of the API'],
  ['a path with a query', call('/clients/list?data=1', '{}'), 'not a message of the API'],
  ['another method', '{"i":"1","p":{"u":"/clients/list","m":"GET"}}', 'not a message of the API'],
  ['an unknown kind', '{"i":"1","t":9}', 'not a message of the API'],
  ['an id of another type', '{"i":{},"p":{"u":"/clients/list"}}', 'not a message of the API'],
  ['a name that is a prototype', listOf(JSON.parse('{"__proto__":{"polluted":1}}')), 'a name that reaches a prototype'],
  ['the same, far down', listOf([[JSON.parse('{"a":{"__proto__":1}}')]]), 'a name that reaches a prototype'],
  ['a prototype through the constructor', listOf({ constructor: { prototype: 1 } }), 'a name that reaches a prototype'],
  [
    'a prototype among the headers',
    '{"i":"1","p":{"u":"/a","h":{"__proto__":"x"}}}',
    'a name that reaches a prototype',
  ],
  ['100,000 lists in each other', '['.repeat(100_000) + ']'.repeat(100_000), 'nested too deeply'],
  ['a file of no form', bytes(call('/clients/import', '{}'), 0xff, 'phone\n'), 'a body of an unknown kind'],
  [
    'an invalid form',
    bytes('{"i":"1","p":{"u":"/a","h":{"content-type":"multipart/form-data; boundary=x"}}}', 0xff, 'phone\n'),
    'not a form',
  ],
  [
    'a single file with a name that cannot be decoded',
    bytes('{"i":"1","p":{"u":"/a","h":{"content-disposition":"attachment; filename*=utf-8\'\'%E0%A4%A"}}}', 0xff, 'x'),
    'a body of an unknown kind',
  ],
])('a message is refused: %s', async (_what, data, reason) => {
  expect(await readMessage(data)).toMatchObject({ kind: 'refusal', isTooLarge: false, reason })
})

it.each([
  ['a prototype', '{"json":{"__proto__":{"polluted":1}}}', 'a name that reaches a prototype'],
  ['no JSON', '{"json":', 'not JSON'],
])('a message is refused if its form contains %s', async (_what, input, reason) => {
  expect(await readMessage(await withFile(input))).toMatchObject({ kind: 'refusal', id: '2', reason })
})

it.each([
  ['an ordinary call of more than a megabyte', listOf({ search: 'a'.repeat(1024 * 1024) })],
  ['no call at all', 'a'.repeat(2 * 1024 * 1024)],
  ['a file where none is wanted', bytes(call('/clients/list', '{}'), 0xff, 'a'.repeat(1024 * 1024))],
  // The same name twice: what is read first and what counts in the end are two.
  [
    'a call that begins as an import',
    `{"i":"1","p":{"u":"/clients/import","u":"/clients/list","b":"${'a'.repeat(1024 * 1024)}"}}`,
  ],
])('a message is too large: %s', async (_what, data) => {
  expect(await readMessage(data)).toMatchObject({ kind: 'refusal', isTooLarge: true })
})

it('a message with a large file is too large, and its first bytes name the call', async () => {
  const huge = new Uint8Array(256 * 1024 * 1024 + 100)
  huge.set(bytes('{"i":"3f","p":{"u":"/clients/import","h":{}}}', 0xff))

  expect(await readMessage(huge)).toMatchObject({ kind: 'refusal', id: '3f', isTooLarge: true })
})
