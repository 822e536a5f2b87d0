import * as z from 'zod'
import { statusClasses, webhookDefaults, webhookMethods } from '../domain/webhook.ts'
import { problemsOfWebhook } from '../domain/webhook-problems.ts'
import { inputIssueSchema } from './errors.ts'

const statusWords = 'must be a status from 200 to 599, or a class such as 2xx'
const statusSchema = z.union([z.int().min(200, statusWords).max(599, statusWords), z.enum(statusClasses)], {
  error: statusWords,
})

const conditionSchema = z.strictObject({
  /** Into the JSON body of the answer: `code`, `data.items[0].status`. */
  path: z.string().trim().max(200),
  /** Compared type and all: `0` is not `"0"`. */
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()], {
    error: 'must be text, a number, true, false or null',
  }),
})

const statusesSchema = z.array(statusSchema).max(50, 'takes at most 50 statuses')

const templateSchema = z.string().max(20_000, 'is longer than 20000 characters')

const bodySchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('none') }),
  /** A Liquid template of a JSON text. Values go in safely: outside quotation marks as JSON values, inside them escaped. */
  z.strictObject({ format: z.literal('json'), template: templateSchema }),
  /** Fields that are sent url-encoded. */
  z.strictObject({
    format: z.literal('form'),
    fields: z
      .array(z.strictObject({ name: z.string().trim().max(200), value: templateSchema }))
      .max(50, 'a form has at most 50 fields'),
  }),
])

/**
 * A webhook as it is being written: the right shape, though perhaps not yet of any use. URL, header values and body are
 * Liquid templates over `message` {id, phone, text}, `client` {name, phone, attributes}, `delivery` {id, name} and `token`.
 */
export const webhookDraftSchema = z.strictObject({
  method: z.enum(webhookMethods).default(webhookDefaults.method),
  url: z.string().trim().max(2_000, 'is longer than 2000 characters'),
  headers: z
    .array(z.strictObject({ name: z.string().trim().max(100), value: z.string().max(4_000) }))
    .max(20, 'a request has at most 20 headers of its own')
    .default(() => webhookDefaults.headers.map((header) => ({ ...header }))),
  body: bodySchema.default(webhookDefaults.body),
  /** What means `sent`: one of the statuses, and the condition on the body where there is one. */
  success: z
    .strictObject({ statuses: statusesSchema.min(1, 'needs at least one status'), json: conditionSchema.nullable() })
    .default(() => ({ ...webhookDefaults.success, statuses: [...webhookDefaults.success.statuses] })),
  /** What means `failed` for good: one of the statuses, or the condition on the body whatever the status. */
  refusal: z
    .strictObject({ statuses: statusesSchema, json: conditionSchema.nullable() })
    .default(() => ({ ...webhookDefaults.refusal, statuses: [...webhookDefaults.refusal.statuses] })),
})

/** A webhook that can be used: its templates parse, and with a sample message they make a request. */
export const webhookSchema = webhookDraftSchema.superRefine((webhook, context) => {
  for (const { path, message } of problemsOfWebhook(webhook))
    context.addIssue({ code: 'custom', path: path.split('.'), message })
})

/** Whom the request of a preview is for; what is left out is made up. */
export const webhookSampleSchema = z.strictObject({
  message: z.strictObject({ id: z.int(), phone: z.string().max(20), text: z.string().max(10_000) }).optional(),
  client: z
    .strictObject({ name: z.string().max(200), attributes: z.record(z.string(), z.string().max(10_000)) })
    .optional(),
  delivery: z.strictObject({ id: z.int(), name: z.string().max(200) }).optional(),
})

export const webhookPreviewSchema = z.object({
  method: z.enum(webhookMethods),
  url: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.string().nullable(),
  /** Where something is wrong (`headers.0.name`) and what to do about it; `token` when one is used and none is saved. */
  problems: z.array(inputIssueSchema),
})

export type WebhookDraft = z.output<typeof webhookDraftSchema>
export type WebhookSample = z.output<typeof webhookSampleSchema>
export type WebhookPreview = z.output<typeof webhookPreviewSchema>
