import type { WebhookDraft, WebhookPreview, WebhookSample } from '#shared/contract/webhook.ts'
import { mergeValuesOf, noMergeTexts } from '#shared/domain/merge-values.ts'
import type { RequestValues } from '#shared/domain/request-template.ts'
import { problemsOfWebhook, sampleClient, sampleValues } from '#shared/domain/webhook-problems.ts'
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
  const { attributes, ...fields } = client ?? { ...sampleClient, attributes: {} }
  return {
    message: shown,
    client: mergeValuesOf({ ...noMergeTexts, ...fields }, shown.phone, attributes),
    delivery: delivery ?? sampleValues.delivery,
    token: mask,
  }
}
