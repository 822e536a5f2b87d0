import * as z from 'zod'
import { phoneSchema } from '../domain/phone.ts'
import { failsWith } from '../errors/issue.ts'
import { appErrorSchema, procedure } from './errors.ts'
import { idSchema } from './values.ts'
import { webhookDraftSchema, webhookPreviewSchema, webhookSampleSchema, webhookSchema } from './webhook.ts'

export const gatewayKinds = ['sandbox', 'http', 'webhook'] as const
export const interruptedPolicies = ['resend', 'hold'] as const

const urlSchema = z
  .string()
  .trim()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    ...failsWith('url_not_http'),
    abort: true,
  })
  .refine((text) => {
    const { username, password, hash } = new URL(text)
    return username === '' && password === '' && hash === ''
  }, failsWith('gateway_url_secrets'))

/** The behaviour of the sandbox. */
export const sandboxSchema = z.object({
  latencyMs: z.int().min(0).max(60_000),
  /** The share of requests that fail with 503, from 0 to 1. */
  errorRate: z.number().min(0).max(1),
  /** The number of requests per second above which it answers 429, or null for no limit. */
  ratePerSecond: z.int().min(1).nullable(),
})

export const gatewaySettingsSchema = z.object({
  kind: z.enum(gatewayKinds),
  /** The base URL, to which the message id is appended, such as `https://probe.fbrq.cloud/v1/send`. */
  url: z.string(),
  /** The token itself never leaves the program. */
  hasToken: z.boolean(),
  /** When the token expires, or null if it does not say. */
  tokenExpiresAt: z.string().nullable(),
  concurrency: z.int(),
  timeoutMs: z.int(),
  /** The maximum rate of all deliveries together in messages per second, or null for no limit. */
  ratePerSecond: z.int().nullable(),
  /** What happens to messages in flight when the program crashes: sent again with the same id, or held for the user. */
  interrupted: z.enum(interruptedPolicies),
  sandbox: sandboxSchema,
  /** Its URL is empty until the user sets one. */
  webhook: webhookDraftSchema,
  /** Settings fixed by `HERALD_GATEWAY_URL` and `HERALD_GATEWAY_TOKEN`. They cannot be changed here. */
  fromEnvironment: z.array(z.enum(['url', 'token'])),
})

const minTimeoutMs = 100
const maxTimeoutMinutes = 5
const timeoutSchema = z
  .int()
  .refine((ms) => ms >= minTimeoutMs, failsWith('timeout_too_short', { minMs: minTimeoutMs }))
  .refine((ms) => ms <= maxTimeoutMinutes * 60_000, failsWith('timeout_too_long', { maxMinutes: maxTimeoutMinutes }))

export const gatewayPatchSchema = z.strictObject({
  kind: z.enum(gatewayKinds).optional(),
  url: urlSchema.optional(),
  /** A new token. An empty one deletes the old token. */
  token: z
    .string()
    .trim()
    .max(10_000)
    .regex(/^[\x20-\x7e]*$/, failsWith('token_characters'))
    .optional(),
  /** If set, and the system has no keyring, the token is encrypted with a key file in the data directory. */
  keyFile: z.literal(true).optional(),
  /** The maximum number of requests in flight. */
  concurrency: z.int().min(1).max(4096).optional(),
  timeoutMs: timeoutSchema.optional(),
  ratePerSecond: z.int().min(1).max(1_000_000).nullable().optional(),
  interrupted: z.enum(interruptedPolicies).optional(),
  sandbox: sandboxSchema.partial().optional(),
  /** The whole webhook. Omitted parts default to the HTTP gateway's contract. */
  webhook: webhookSchema.optional(),
})

/**
 * Whether messages can be sent.
 * - `down`: the gateway is unreachable. Probes detect when it is back. Messages keep their attempts.
 * - `stopped`: the gateway refuses the token. Only the user can fix that.
 * - `failing`: the sender keeps crashing. It restarts after growing pauses, and scheduler.log says why.
 * - `blocked`: the store is not writable, for example because the disk is full. It is tried again every second.
 */
export const channelSchema = z.object({
  status: z.enum(['open', 'down', 'stopped', 'failing', 'blocked']),
  reason: z.string().nullable(),
  /** The same as data, where the cause is an error of ours and not the gateway's own words. */
  error: appErrorSchema.optional(),
  since: z.string().nullable(),
  /** When the next probe or the next attempt to start or write begins. */
  nextProbeAt: z.string().nullable(),
})

const answerSchema = z.object({
  ok: z.boolean(),
  durationMs: z.int(),
  httpStatus: z.int().nullable(),
  detail: z.string(),
})

export const gateway = {
  get: procedure.output(gatewaySettingsSchema),
  update: procedure.input(gatewayPatchSchema).output(gatewaySettingsSchema),
  /** Sends one test request without a message, and returns the gateway's answer. */
  test: procedure
    .input(gatewayPatchSchema.pick({ kind: true, url: true, token: true, timeoutMs: true, webhook: true }))
    .output(answerSchema),
  /**
   * Sends one message to the user's own phone, to check a text: immediately, even while the channel is stopped. It
   * belongs to no delivery, is not counted and is not retried.
   */
  sendTest: procedure
    .input(
      z.object({
        phone: phoneSchema,
        /** A template, rendered for the client with `clientId`. */
        text: z.string().regex(/\S/, failsWith('empty')).max(10_000),
        clientId: idSchema.nullable().default(null),
      }),
    )
    .output(answerSchema.extend({ text: z.string() })),
  /** Returns the request that a webhook would send for a sample message, and its problems. The token is masked. */
  previewWebhook: procedure
    .input(z.object({ webhook: webhookDraftSchema, sample: webhookSampleSchema.optional() }))
    .output(webhookPreviewSchema),
  channel: procedure.output(channelSchema),
  /** Restarts a stopped channel. */
  reopen: procedure.output(channelSchema),
}

export type GatewaySettings = z.output<typeof gatewaySettingsSchema>
export type GatewayPatch = z.output<typeof gatewayPatchSchema>
/** The patch before validation. */
export type GatewayPatchInput = z.input<typeof gatewayPatchSchema>
export type SandboxBehaviour = z.output<typeof sandboxSchema>
export type Channel = z.output<typeof channelSchema>
export type InterruptedPolicy = (typeof interruptedPolicies)[number]
