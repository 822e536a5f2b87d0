import * as z from 'zod'
import { procedure } from './errors.ts'
import { idSchema, phoneSchema } from './values.ts'
import { webhookDraftSchema, webhookPreviewSchema, webhookSampleSchema, webhookSchema } from './webhook.ts'

export const gatewayKinds = ['sandbox', 'http', 'webhook'] as const
export const interruptedPolicies = ['resend', 'hold'] as const

const urlSchema = z
  .string()
  .trim()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: 'must be an address that begins with http:// or https://',
    abort: true,
  })
  .refine(
    (text) => {
      const { username, password, hash } = new URL(text)
      return username === '' && password === '' && hash === ''
    },
    { error: 'must not hold a login or a part behind #: the token goes into its own field' },
  )

/** How the sandbox behaves. */
export const sandboxSchema = z.object({
  latencyMs: z.int().min(0).max(60_000),
  /** Share of requests that fail with a 503, 0 to 1. */
  errorRate: z.number().min(0).max(1),
  /** Requests per second beyond which it answers 429; null for no limit. */
  ratePerSecond: z.int().min(1).nullable(),
})

export const gatewaySettingsSchema = z.object({
  kind: z.enum(gatewayKinds),
  /** The address that a message's id is appended to, such as `https://probe.fbrq.cloud/v1/send`. */
  url: z.string(),
  /** The token itself never leaves the program. */
  hasToken: z.boolean(),
  /** When the token says that it runs out; null when it does not say. */
  tokenExpiresAt: z.string().nullable(),
  concurrency: z.int(),
  timeoutMs: z.int(),
  /** Messages per second at most, all deliveries together; null for no limit. */
  ratePerSecond: z.int().nullable(),
  /** What becomes of messages that the program's own death cut off: sent again with their id, or held for the operator. */
  interrupted: z.enum(interruptedPolicies),
  sandbox: sandboxSchema,
  /** Its address is empty until the operator has given one. */
  webhook: webhookDraftSchema,
  /** Settings that the environment holds fast (`HERALD_GATEWAY_URL`, `HERALD_GATEWAY_TOKEN`); they cannot be changed here. */
  fromEnvironment: z.array(z.enum(['url', 'token'])),
})

export const gatewayPatchSchema = z.strictObject({
  kind: z.enum(gatewayKinds).optional(),
  url: urlSchema.optional(),
  /** A new token; empty forgets the old one. */
  token: z
    .string()
    .trim()
    .max(10_000)
    .regex(/^[\x20-\x7e]*$/, 'holds characters that no header can carry: copy it again')
    .optional(),
  /** Set: where the system has no keyring, the token is sealed with a key that stands beside the store, readable by its owner alone. */
  keyFile: z.literal(true).optional(),
  /** Messages under way at once. */
  concurrency: z.int().min(1, 'must be at least 1').max(4096, 'must be at most 4096').optional(),
  timeoutMs: z.int().min(100, 'must be at least 100 ms').max(300_000, 'must be at most 5 minutes').optional(),
  ratePerSecond: z.int().min(1, 'must be at least 1').max(1_000_000).nullable().optional(),
  interrupted: z.enum(interruptedPolicies).optional(),
  sandbox: sandboxSchema.partial().optional(),
  /** The whole description; what it leaves out is as in the contract of the HTTP gateway. */
  webhook: webhookSchema.optional(),
})

/**
 * Whether messages can go out at all. `down`: the gateway cannot be reached; probes find out when it can again, and no
 * message pays for it. `stopped`: the gateway refuses our token, and only the operator can mend that. `failing`: the part of
 * the program that sends dies again and again; it is started again with growing pauses, and scheduler.log says why. `blocked`:
 * the store takes nothing (a full disk, above all), so that nothing may go out; it is tried again every second.
 */
export const channelSchema = z.object({
  status: z.enum(['open', 'down', 'stopped', 'failing', 'blocked']),
  reason: z.string().nullable(),
  since: z.string().nullable(),
  /** When the next probe goes out, while the gateway is down, or when the next try to send, or to write, begins. */
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
  /** One request that costs no message; tells what the far side answered. */
  test: procedure
    .input(gatewayPatchSchema.pick({ kind: true, url: true, token: true, timeoutMs: true, webhook: true }))
    .output(answerSchema),
  /**
   * Sends one message at once, whatever the channel is doing: to the operator's own phone, to see a text as clients will. It belongs
   * to no delivery, is counted nowhere, and is not tried again. Its id is the present moment in milliseconds, which no message has.
   */
  sendTest: procedure
    .input(
      z.object({
        phone: phoneSchema,
        /** A template, read as the client whose id is given would read it. */
        text: z.string().regex(/\S/, 'must not be empty').max(10_000),
        clientId: idSchema.nullable().default(null),
      }),
    )
    .output(answerSchema.extend({ text: z.string() })),
  /** The request that a webhook, saved or not, would send for a sample message, and what is wrong with it. The token stands masked. */
  previewWebhook: procedure
    .input(z.object({ webhook: webhookDraftSchema, sample: webhookSampleSchema.optional() }))
    .output(webhookPreviewSchema),
  channel: procedure.output(channelSchema),
  /** Sets a stopped channel going again. */
  reopen: procedure.output(channelSchema),
}

export type GatewaySettings = z.output<typeof gatewaySettingsSchema>
export type GatewayPatch = z.output<typeof gatewayPatchSchema>
/** As it is sent. */
export type GatewayPatchInput = z.input<typeof gatewayPatchSchema>
export type SandboxBehaviour = z.output<typeof sandboxSchema>
export type Channel = z.output<typeof channelSchema>
export type InterruptedPolicy = (typeof interruptedPolicies)[number]
