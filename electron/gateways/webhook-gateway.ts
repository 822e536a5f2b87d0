import { mergeValuesOf } from '#shared/domain/merge-values.ts'
import type { RequestValues } from '#shared/domain/request-template.ts'
import type { Webhook } from '#shared/domain/webhook.ts'
import { compileWebhook, originOf } from '#shared/domain/webhook-request.ts'
import { errorText } from '#shared/errors/app-error.ts'
import type { Flight, Gateway, Outcome, Outgoing } from './gateway.ts'
import { classify, compileRules, type ReadAnswer, withoutToken } from './http-answer.ts'
import { type HttpPoolRequest, openHttpPool } from './http-pool.ts'

export interface WebhookGatewayOptions {
  readonly webhook: Webhook
  readonly token: string
  /** The maximum of connections, one request on each at a time. */
  readonly connections: number
  /** The time to connect. */
  readonly timeoutMs: number
  readonly now: () => number
}

/** Returns the gateway that the user describes. Throws when the description is invalid, which the contract rules out. */
export function openWebhookGateway({ webhook, token, connections, timeoutMs, now }: WebhookGatewayOptions): Gateway {
  const origin = originOf(webhook.url)
  if (origin === null) throw new Error('the address of the webhook names no host')
  const compiled = compileWebhook(webhook)
  const rules = compileRules(webhook)
  const read: ReadAnswer = (answer) => classify(answer, rules, now())
  const pool = openHttpPool({ origin, connections, timeoutMs, read: withoutToken(token, read) })

  /** Returns the request for one message. Throws an error whose message contains no value. */
  function requestFor(message: Outgoing): HttpPoolRequest {
    const { method, url, headers, body } = compiled.render(requestValues(message, token), (path, error) => {
      throw new Error(`${path}: ${errorText(error)}`)
    })
    return {
      method,
      path: url.slice(origin?.length),
      headers: headers.flatMap(({ name, value }) => [name, value]),
      body,
    }
  }

  return {
    // HTTP has no session: a connection is made for the first request.
    open() {},
    send(message, settle) {
      let request: HttpPoolRequest
      try {
        request = requestFor(message)
      } catch (error) {
        return refuse(error instanceof Error ? error.message : String(error), settle)
      }
      return pool.begin(request, settle)
    },
    close: pool.close,
  }
}

function requestValues({ id, phone, text, client, delivery }: Outgoing, token: string): RequestValues {
  const own: unknown = client.attributes === null ? {} : JSON.parse(client.attributes)
  return {
    message: { id, phone, text },
    client: mergeValuesOf(client, phone, own as Record<string, string>),
    delivery: { id: delivery.id, name: delivery.name },
    token,
  }
}

/** A request that cannot be written fails its message alone and says nothing about the gateway. */
function refuse(detail: string, settle: (outcome: Outcome) => void): Flight {
  queueMicrotask(() => settle({ kind: 'rejected', answer: null, error: { code: 'template', detail } }))
  return { timeOut() {}, abort() {} }
}
