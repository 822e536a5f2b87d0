import type { WebhookDraft, WebhookPreview, WebhookSample } from '#shared/contract/webhook.ts'
import type { RequestValues } from '#shared/domain/request-template.ts'
import { problemsOfWebhook, sampleValues } from '#shared/domain/webhook-problems.ts'
import { compileWebhook } from '#shared/domain/webhook-request.ts'
import { issueOf } from '#shared/errors/issue.ts'

/** Replaces the token in the preview. Valid unescaped in every part of a request. */
const mask = '********'

/** Returns the request that a webhook would send for a sample message, and its problems. The token is not needed. */
export function previewWebhook(
  webhook: WebhookDraft,
  sample: WebhookSample | undefined,
  hasToken: boolean,
): WebhookPreview {
  const compiled = compileWebhook(webhook)
  const problems = problemsOfWebhook(webhook)
  const request = compiled.render(valuesOf(sample), (path, error) => {
    // Problems of every message have been reported already.
    if (!problems.some((problem) => problem.path === path)) problems.push({ path, ...error })
  })
  if (compiled.usesToken && !hasToken) problems.push({ path: 'token', code: 'webhook_token_missing' })
  return { ...request, headers: [...request.headers], problems: problems.map(issueOf) }
}

function valuesOf({ message, client, delivery }: WebhookSample = {}): RequestValues {
  const shown = message ?? sampleValues.message
  const { name, attributes } = client ?? { name: sampleValues.client.name, attributes: {} }
  return {
    message: shown,
    client: { ...attributes, name, phone: shown.phone },
    delivery: delivery ?? sampleValues.delivery,
    token: mask,
  }
}
