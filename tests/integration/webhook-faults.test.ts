import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { httpStatusOf, type Outcome, type Outgoing } from '#electron/gateways/gateway.ts'
import { openWebhookGateway } from '#electron/gateways/webhook-gateway.ts'
import { noMergeTexts } from '#shared/domain/merge-values.ts'
import { type AnswerRules, webhookDefaults } from '#shared/domain/webhook.ts'
import { answerOf, floodBytes, floods, resetsAfter, says, saysAndCloses } from '#tests/support/wire-acts.ts'
import { openWireServer, type WireAct } from '#tests/support/wire-server.ts'

/** What a fault comes to, in one line. */
type Meaning = `${Outcome['kind']} ${number | null} ${string}`

interface Case {
  readonly name: string
  readonly act: WireAct
  readonly byStatus: Meaning
  readonly byBody: Meaning
}

/** Success is any 2xx; 410 is a refusal for good. */
const byStatus: AnswerRules = { success: { statuses: ['2xx'], json: null }, refusal: { statuses: [410], json: null } }
/** Success and refusal stand in the body. */
const byBody: AnswerRules = {
  success: { statuses: [200, 202], json: { path: 'status', value: 'queued' } },
  refusal: { statuses: [], json: { path: 'status', value: 'blocked' } },
}

const queued = '{"status":"queued"}'
const blocked = '{"status":"blocked"}'
const endless = (status: number): WireAct =>
  floods(`HTTP/1.1 ${status} As It Is\r\ncontent-length: ${floodBytes}\r\n\r\n${queued}`, Buffer.alloc(64 * 1024, ' '))

const cases: readonly Case[] = [
  { name: '200', act: says(answerOf(200, { body: queued })), byStatus: 'accepted 200 ', byBody: 'accepted 200 ' },
  { name: '204', act: says(answerOf(204)), byStatus: 'accepted 204 ', byBody: 'unavailable 204 bad_response' },
  {
    name: '200, blocked',
    act: says(answerOf(200, { body: blocked })),
    byStatus: 'accepted 200 ',
    byBody: 'rejected 200 rejected',
  },
  {
    name: '503, blocked',
    act: says(answerOf(503, { body: blocked })),
    byStatus: 'unavailable 503 server_error',
    byBody: 'rejected 503 rejected',
  },
  {
    name: '401',
    act: says(answerOf(401)),
    byStatus: 'unauthorized 401 unauthorized',
    byBody: 'unauthorized 401 unauthorized',
  },
  {
    name: '404',
    act: says(answerOf(404)),
    byStatus: 'unavailable 404 bad_response',
    byBody: 'unavailable 404 bad_response',
  },
  { name: '410', act: says(answerOf(410)), byStatus: 'rejected 410 rejected', byBody: 'unavailable 410 bad_response' },
  {
    name: '301',
    act: says(answerOf(301, { headers: { location: '/send/2' } })),
    byStatus: 'unavailable 301 bad_response',
    byBody: 'unavailable 301 bad_response',
  },
  {
    name: '200 with a page',
    act: says(answerOf(200, { body: '<p>' })),
    byStatus: 'accepted 200 ',
    byBody: 'unavailable 200 bad_response',
  },
  {
    name: '200 and words, compressed',
    act: says(answerOf(200, { headers: { 'content-encoding': 'gzip' }, body: gzipSync(blocked) })),
    byStatus: 'accepted 200 ',
    byBody: 'unavailable 200 bad_response',
  },
  {
    name: '200 with a body of 100 MB',
    act: endless(200),
    byStatus: 'accepted 200 ',
    byBody: 'unavailable 200 bad_response',
  },
  {
    name: '410 with a body of 100 MB',
    act: endless(410),
    byStatus: 'rejected 410 rejected',
    byBody: 'unavailable 410 bad_response',
  },
  {
    name: 'half a body',
    act: saysAndCloses('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"sta'),
    byStatus: 'unavailable 200 connection',
    byBody: 'unavailable 200 connection',
  },
  {
    name: 'RST before the answer',
    act: resetsAfter(''),
    byStatus: 'unavailable null connection',
    byBody: 'unavailable null connection',
  },
]

describe('what a fault means to a webhook', () => {
  test.each(cases)('$name: by status $byStatus, by body $byBody', async ({ act, byStatus: first, byBody: second }) => {
    const server = await openWireServer(act)
    expect(meaningOf(await ask(server.url, byStatus))).toBe(first)
    expect(meaningOf(await ask(server.url, byBody))).toBe(second)
    expect(server.requests.map(({ path }) => path)).toEqual(['/send/1', '/send/1'])
    expect(server.maxWritten).toBeLessThan(16 * 1024 * 1024)
  })
})

const message: Outgoing = {
  id: 1,
  phone: '79000000000',
  text: 'Hello',
  client: { ...noMergeTexts, name: null, attributes: null },
  delivery: { id: 1, name: 'Winter sale' },
}

function ask(url: string, rules: AnswerRules): Promise<Outcome> {
  const webhook = { ...webhookDefaults, ...rules, url: `${url}/{{ message.id }}` }
  const gateway = openWebhookGateway({ webhook, token: '', connections: 1, timeoutMs: 60_000, now: Date.now })
  onTestFinished(() => gateway.close())
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  gateway.send(message, resolve)
  return promise
}

function meaningOf(outcome: Outcome): Meaning {
  const httpStatus = 'answer' in outcome ? httpStatusOf(outcome.answer) : null
  return `${outcome.kind} ${httpStatus} ${'error' in outcome ? outcome.error.code : ''}`
}
