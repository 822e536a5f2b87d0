import { contractRules } from '#shared/domain/webhook.ts'
import type { Gateway, Outgoing } from './gateway.ts'
import { classify, compileRules, withoutToken } from './http-answer.ts'
import { openHttpPool } from './http-pool.ts'

export interface HttpGatewayOptions {
  /** A message's id is appended to its path, before a query. */
  readonly url: string
  readonly token: string
  /** The maximum of connections, one request on each at a time. */
  readonly connections: number
  /** The time to connect. */
  readonly timeoutMs: number
  readonly now: () => number
}

const rules = compileRules(contractRules)

/** Returns the gateway of DOMAIN's contract: `POST {url}/{id}` with a bearer token and a JSON body. */
export function openHttpGateway({ url, token, connections, timeoutMs, now }: HttpGatewayOptions): Gateway {
  const { origin, pathname, search } = new URL(url)
  const base = pathname.replace(/\/+$/, '')
  const read = withoutToken(token, (answer) => classify(answer, rules, now()))
  const pool = openHttpPool({ origin, connections, timeoutMs, read })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    // HTTP has no session: a connection is made for the first request.
    open() {},
    send: (message, settle) =>
      pool.begin({ path: `${base}/${message.id}${search}`, method: 'POST', headers, body: bodyOf(message) }, settle),
    close: pool.close,
  }
}

function bodyOf({ id, phone, text }: Outgoing): string {
  return `{"id":${id},"phone":${Number(phone)},"text":${JSON.stringify(text)}}`
}
