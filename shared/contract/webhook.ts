import * as z from 'zod'
import { byName, mergeFields } from '../domain/client-fields.ts'
import { statusClasses, webhookDefaults, webhookMethods } from '../domain/webhook.ts'
import { problemsOfWebhook } from '../domain/webhook-problems.ts'
import { failsWith } from '../errors/issue.ts'
import { inputIssueSchema } from './errors.ts'

const noStatus = failsWith('webhook_status')
const statusSchema = z.union([z.int().min(200, noStatus).max(599, noStatus), z.enum(statusClasses)], noStatus)

const conditionSchema = z.strictObject({
  /** A path into the JSON body of the answer: `code`, `data.items[0].status`. */
  path: z.string().trim().max(200),
  /** Compared with its type: `0` does not equal `"0"`. */
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()], failsWith('webhook_value_type')),
})

const statusesSchema = z.array(statusSchema).max(50)

const templateSchema = z.string().max(20_000)

const bodySchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('none') }),
  /** A Liquid template of a JSON text. Values are inserted as JSON values outside quotation marks, and escaped inside them. */
  z.strictObject({ format: z.literal('json'), template: templateSchema }),
  /** Fields, sent URL-encoded. */
  z.strictObject({
    format: z.literal('form'),
    fields: z.array(z.strictObject({ name: z.string().trim().max(200), value: templateSchema })).max(50),
  }),
])

/**
 * A webhook with the right shape that may still have problems. URL, header values and body are Liquid templates over
 * `message` {id, phone, text}, `client` {name, phone, attributes}, `delivery` {id, name} and `token`.
 */
export const webhookDraftSchema = z.strictObject({
  method: z.enum(webhookMethods).default(webhookDefaults.method),
  url: z.string().trim().max(2_000),
  headers: z
    .array(z.strictObject({ name: z.string().trim().max(100), value: z.string().max(4_000) }))
    .max(20)
    .default(() => webhookDefaults.headers.map((header) => ({ ...header }))),
  body: bodySchema.default(webhookDefaults.body),
  /** An answer means `sent` if it has one of the statuses and meets the condition, if there is one. */
  success: z
    .strictObject({
      statuses: statusesSchema.min(1, failsWith('webhook_statuses_missing')),
      json: conditionSchema.nullable(),
    })
    .default(() => ({ ...webhookDefaults.success, statuses: [...webhookDefaults.success.statuses] })),
  /** An answer means `failed` if it has one of the statuses, or meets the condition with any status. */
  refusal: z
    .strictObject({ statuses: statusesSchema, json: conditionSchema.nullable() })
    .default(() => ({ ...webhookDefaults.refusal, statuses: [...webhookDefaults.refusal.statuses] })),
})

/** A valid webhook: its templates parse, and a sample message makes a valid request. */
export const webhookSchema = webhookDraftSchema.superRefine((webhook, context) => {
  for (const { path, code, params = {} } of problemsOfWebhook(webhook))
    context.addIssue({ code: 'custom', path: path.split('.'), message: code, params })
})

/** The values of a preview's request. Omitted values are invented. */
export const webhookSampleSchema = z.strictObject({
  message: z.strictObject({ id: z.int(), phone: z.string().max(20), text: z.string().max(10_000) }).optional(),
  client: z
    .strictObject({
      ...byName(mergeFields, () => z.string().max(200).default('')),
      name: z.string().max(200),
      attributes: z.record(z.string(), z.string().max(10_000)),
    })
    .optional(),
  delivery: z.strictObject({ id: z.int(), name: z.string().max(200) }).optional(),
})

export const webhookPreviewSchema = z.object({
  method: z.enum(webhookMethods),
  url: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.string().nullable(),
  /** Problems with their paths (`headers.0.name`). `token` is reported if it is used and none is saved. */
  problems: z.array(inputIssueSchema),
})

export type WebhookDraft = z.output<typeof webhookDraftSchema>
export type WebhookSample = z.output<typeof webhookSampleSchema>
export type WebhookPreview = z.output<typeof webhookPreviewSchema>
