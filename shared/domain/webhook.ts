/** A custom HTTP gateway: the request, and the rules for its answers. */

export const webhookMethods = ['POST', 'PUT', 'PATCH', 'GET'] as const
export const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const

/** One status, or every status of a class. */
export type StatusPattern = number | (typeof statusClasses)[number]

/** A value that the answer's JSON body must have at a path, with the same type. */
export interface JsonCondition {
  readonly path: string
  readonly value: string | number | boolean | null
}

export interface AnswerRules {
  /** `sent`: one of the statuses, and the condition if there is one. */
  readonly success: { readonly statuses: readonly StatusPattern[]; readonly json: JsonCondition | null }
  /** `failed`: one of the statuses, or the condition with any status. */
  readonly refusal: { readonly statuses: readonly StatusPattern[]; readonly json: JsonCondition | null }
}

export interface WebhookField {
  readonly name: string
  /** A template. */
  readonly value: string
}

export type WebhookBody =
  | { readonly format: 'none' }
  | { readonly format: 'json'; readonly template: string }
  | { readonly format: 'form'; readonly fields: readonly WebhookField[] }

export interface Webhook extends AnswerRules {
  readonly method: (typeof webhookMethods)[number]
  /** Scheme, host and port are literal; path and query are a template. */
  readonly url: string
  readonly headers: readonly WebhookField[]
  readonly body: WebhookBody
}

/** The answer rules of the `http` contract: 2xx with a JSON body whose `code` is 0. */
export const contractRules = {
  success: { statuses: ['2xx'], json: { path: 'code', value: 0 } },
  refusal: { statuses: [400, 404, 409, 413, 422], json: null },
} as const satisfies AnswerRules

/** A webhook for the `http` contract, without a URL. */
export const webhookDefaults = {
  method: 'POST',
  url: '',
  headers: [{ name: 'Authorization', value: 'Bearer {{ token }}' }],
  body: {
    format: 'json',
    template: `{
  "id": {{ message.id }},
  "phone": {{ message.phone | plus: 0 }},
  "text": {{ message.text }}
}`,
  },
  ...contractRules,
} as const satisfies Webhook

/** Returns whether a status matches one of the patterns. */
export function matchesStatus(patterns: readonly StatusPattern[], status: number): boolean {
  return patterns.some((pattern) =>
    typeof pattern === 'number' ? pattern === status : Number(pattern[0]) === Math.floor(status / 100),
  )
}
