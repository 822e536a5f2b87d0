import { describe, expect, test } from 'vitest'
import { gatewayPatchSchema } from '#shared/contract/gateway.ts'
import { webhookSchema } from '#shared/contract/webhook.ts'
import { webhookDefaults } from '#shared/domain/webhook.ts'
import { issueOf } from '#shared/errors/issue.ts'
import { issuesWith, problemsWith } from '#tests/support/issues.ts'

const url = 'https://gateway.example/send/{{ message.id }}'

/** The issues as the API gives them out. */
function issuesOf(webhook: unknown): string[] {
  return issuesWith(gatewayPatchSchema, { webhook })
}

const json = (template: string) => ({ format: 'json', template })

test('an address is enough: the rest is the contract of the HTTP gateway', () => {
  expect(webhookSchema.parse({ url })).toEqual({ ...webhookDefaults, url })
})

describe('an address', () => {
  test.each([
    'https://gateway.example',
    'http://127.0.0.1:8080/send?id={{ message.id }}',
    'https://gateway.example?text={{ message.text }}',
    'HTTPS://Gateway.Example/{% if client.vip %}fast{% else %}slow{% endif %}',
    'http://[::1]:9000/',
    'https://шлюз.рф/отправить',
  ])('%s is taken', (address) => {
    expect(issuesOf({ url: address })).toEqual([])
  })

  test.each([
    ['', 'must be an address that starts with http:// or https://'],
    ['gateway.example/send', 'must be an address that starts with http:// or https://'],
    ['ftp://gateway.example', 'must be an address that starts with http:// or https://'],
    ['{{ message.text }}', 'must be an address that starts with http:// or https://'],
    ['https://{{ client.host }}/send', expect.stringMatching(/host without variables/)],
    ['https://gateway.example{{ client.host }}/send', expect.stringMatching(/host without variables/)],
    ['https://gateway.example:{{ client.port }}/', expect.stringMatching(/host without variables/)],
    ['https://gateway.example{% if token %}.evil{% endif %}/', expect.stringMatching(/host without variables/)],
    ['https://me:secret@gateway.example/', expect.stringMatching(/host without variables/)],
    ['https://gateway.example\\@evil.example/', expect.stringMatching(/host without variables/)],
    ['https://', expect.stringMatching(/host without variables/)],
    ['https://gateway.example:port/', expect.stringMatching(/host without variables/)],
    ['https://gateway.example/{{ message.id', expect.stringMatching(/^line 1, column 25: .*not closed/)],
  ])('%s is refused', (address, message) => {
    const issues = problemsWith(webhookSchema, { url: address }).map(issueOf)
    expect(issues.map((issue) => [issue.path, issue.message])).toEqual([['url', message]])
  })
})

describe('every field is refused where it stands', () => {
  const header = (name: string, value = 'x') => ({
    headers: [
      { name: 'X-First', value: '1' },
      { name, value },
    ],
  })
  test.each([
    ['a method that carries no message', { method: 'DELETE' }, [/^webhook\.method: /]],
    ['a GET with a body', { method: 'GET' }, [/^webhook\.body: a GET request has no body/]],
    ['a name that is no header', header('X Key'), [/^webhook\.headers\.1\.name: must be the name of a header/]],
    ['no name', header(''), [/^webhook\.headers\.1\.name: must be the name/]],
    ['a Cyrillic name', header('Ключ'), [/^webhook\.headers\.1\.name: must be the name/]],
    ['a name with a line break', header('X\r\nY'), [/^webhook\.headers\.1\.name: must be the name/]],
    [
      "the connection's own",
      header('Content-Length'),
      [/^webhook\.headers\.1\.name: the program sets this header itself/],
    ],
    ['host', header('host'), [/^webhook\.headers\.1\.name: the program sets this header itself/]],
    ['the same header twice', header('x-FIRST'), [/^webhook\.headers\.1\.name: .* twice/]],
    [
      'a secret in clear',
      header('Authorization', 'Bearer abc'),
      [/^webhook\.headers\.1\.value: .* save it as the token and write \{\{ token \}\}/],
    ],
    ['a header that does not parse', header('X-A', '{{ token'), [/^webhook\.headers\.1\.value: line 1, column 1: /]],
    ['a header of two lines', header('X-A', 'a\nb'), [/^webhook\.headers\.1\.value: a header is one line/]],
    ['a Cyrillic header', header('X-A', 'Анна'), [/^webhook\.headers\.1\.value: .* ASCII/]],
    [
      'too many headers',
      { headers: Array.from({ length: 21 }, (_, n) => ({ name: `X-${n}`, value: '' })) },
      [/^webhook\.headers: must have at most 20 entries/],
    ],
    [
      'a body that does not parse',
      { body: json('{"a":\n {{ message.text }') },
      [/^webhook\.body\.template: line 2, column 2: /],
    ],
    [
      'a body that is no JSON',
      { body: json('{"a": {{ message.text }},}') },
      [/^webhook\.body\.template: the body is not JSON: see line 1/],
    ],
    ['an unfinished body', { body: json('{"a": 1') }, [/^webhook\.body\.template: the body is not JSON/]],
    ['an empty body', { body: json('') }, [/^webhook\.body\.template: the body is not JSON/]],
    [
      'an unknown variable',
      { body: json('[{{ text }}]') },
      [/^webhook\.body\.template: line 1, column 5: "text" is unknown/],
    ],
    [
      'a field of a form that does not parse',
      {
        body: {
          format: 'form',
          fields: [
            { name: 'a', value: '' },
            { name: 'b', value: '{{ x }}' },
          ],
        },
      },
      [/^webhook\.body\.fields\.1\.value: line 1, column 4: "x" is unknown/],
    ],
    [
      'a field without a name',
      { body: { format: 'form', fields: [{ name: ' ', value: '' }] } },
      [/^webhook\.body\.fields\.0\.name: must not be empty/],
    ],
    ['a format that does not exist', { body: { format: 'xml' } }, [/^webhook\.body\.format: /]],
    [
      'no status of success',
      { success: { statuses: [], json: null } },
      [/^webhook\.success\.statuses: needs at least one/],
    ],
    [
      'a status that is none',
      { success: { statuses: [42], json: null } },
      [/^webhook\.success\.statuses\.0: must be a status/],
    ],
    [
      'a class that is none',
      { refusal: { statuses: ['1xx'], json: null } },
      [/^webhook\.refusal\.statuses\.0: must be a status/],
    ],
    [
      'a path that is none',
      { success: { statuses: [200], json: { path: 'a..b', value: 1 } } },
      [/^webhook\.success\.json\.path: column 2: must be a path such as/],
    ],
    [
      'a path that is missing',
      { refusal: { statuses: [], json: { path: '', value: 1 } } },
      [/^webhook\.refusal\.json\.path: column 1/],
    ],
    [
      'a value that is no value',
      { success: { statuses: [200], json: { path: 'a', value: {} } } },
      [/^webhook\.success\.json\.value: must be text, a number/],
    ],
    [
      'a status that means both',
      { success: { statuses: ['2xx'], json: null }, refusal: { statuses: [400, 204], json: null } },
      [/^webhook\.refusal\.statuses: 204 already counts as success/],
    ],
    [
      'a class that means both',
      { success: { statuses: ['2xx'], json: null }, refusal: { statuses: ['2xx'], json: null } },
      [/^webhook\.refusal\.statuses: 2xx already counts as success/],
    ],
    ['a field that does not exist', { timeout: 5 }, [/^webhook\.timeout: is not a known field/]],
  ])('%s', (_name, fields, issues) => {
    expect(issuesOf({ url, ...fields })).toEqual(issues.map((issue) => expect.stringMatching(issue)))
  })
})

test('everything that is wrong is told at once', () => {
  expect(
    issuesOf({ url: 'gateway', method: 'GET', headers: [{ name: '', value: '{{' }] }).map(
      (issue) => issue.split(':')[0],
    ),
  ).toEqual(['webhook.url', 'webhook.headers.0.name', 'webhook.body', 'webhook.headers.0.value'])
})

test('a GET without a body, and the same status for success and refusal where the body decides', () => {
  const success = { statuses: [200], json: { path: '$.result["ok"]', value: true } }
  expect(
    issuesOf({ url, method: 'GET', body: { format: 'none' }, success, refusal: { statuses: [200], json: null } }),
  ).toEqual([])
})
