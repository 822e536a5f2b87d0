import * as z from 'zod'
import { procedure } from './errors.ts'

export const gatewayKinds = ['sandbox', 'http'] as const

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
  sandbox: sandboxSchema,
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
    .regex(/^[\x21-\x7e]*$/, 'must be letters, digits and signs of the Latin keyboard, without spaces')
    .optional(),
  /** Messages under way at once. */
  concurrency: z.int().min(1, 'must be at least 1').max(4096, 'must be at most 4096').optional(),
  timeoutMs: z.int().min(100, 'must be at least 100 ms').max(300_000, 'must be at most 5 minutes').optional(),
  sandbox: sandboxSchema.partial().optional(),
})

/** Whether messages can go out at all. `stopped`: the gateway refuses our token, and only the operator can mend that. */
export const channelSchema = z.object({
  status: z.enum(['open', 'stopped']),
  reason: z.string().nullable(),
  since: z.string().nullable(),
})

export const gateway = {
  get: procedure.output(gatewaySettingsSchema),
  update: procedure.input(gatewayPatchSchema).output(gatewaySettingsSchema),
  /** One request that costs no message; tells what the far side answered. */
  test: procedure
    .input(gatewayPatchSchema.pick({ kind: true, url: true, token: true, timeoutMs: true }))
    .output(z.object({ ok: z.boolean(), durationMs: z.int(), httpStatus: z.int().nullable(), detail: z.string() })),
  channel: procedure.output(channelSchema),
  /** Sets a stopped channel going again. */
  reopen: procedure.output(channelSchema),
}

export type GatewaySettings = z.output<typeof gatewaySettingsSchema>
export type GatewayPatch = z.output<typeof gatewayPatchSchema>
export type SandboxBehaviour = z.output<typeof sandboxSchema>
export type Channel = z.output<typeof channelSchema>
