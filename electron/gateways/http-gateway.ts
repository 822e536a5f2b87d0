import { contractRules } from '#shared/domain/webhook.ts'
import { compileRules } from './answer-rules.ts'
import type { Gateway, Outgoing } from './gateway.ts'
import { classify } from './http-answer.ts'
import { openHttpPool } from './http-pool.ts'
import { withoutToken } from './without-token.ts'

export interface HttpGatewayOptions {
  /** A message's id is appended to its path; a query stays behind it. */
  readonly url: string
  readonly token: string
  /** Connections at most, one request on each at a time. */
  readonly connections: number
  /** How long a connection may take to come about. */
  readonly timeoutMs: number
  readonly now: () => number
}

const rules = compileRules(contractRules)

/** The gateway of DOMAIN's contract: `POST {url}/{id}` with a bearer token and a JSON body. */
export function openHttpGateway({ url, token, connections, timeoutMs, now }: HttpGatewayOptions): Gateway {
  const { origin, pathname, search } = new URL(url)
  const base = pathname.replace(/\/+$/, '')
  const read = withoutToken(token, (answer) => classify(answer, rules, now()))
  const pool = openHttpPool({ origin, connections, timeoutMs, read })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    send: (message, settle) =>
      pool.begin({ path: `${base}/${message.id}${search}`, method: 'POST', headers, body: bodyOf(message) }, settle),
    close: pool.close,
  }
}

function bodyOf({ id, phone, text }: Outgoing): string {
  return `{"id":${id},"phone":${Number(phone)},"text":${JSON.stringify(text)}}`
}
