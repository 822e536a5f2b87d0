import * as z from 'zod'
import { procedure } from './errors.ts'
import { idSchema } from './values.ts'

const nameSchema = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')
const textSchema = z.string().regex(/\S/, 'must not be empty').max(10_000)

export const templateInputSchema = z.strictObject({ name: nameSchema, text: textSchema })

/** A text to be used again. Deliveries take a copy of it: to change or delete a template changes none of them. */
export const templateSchema = z.object({ id: idSchema, name: z.string(), text: z.string(), updatedAt: z.string() })

/** More than a person tells apart. */
export const maxTemplates = 1000

export const templates = {
  /** All of them, by name. */
  list: procedure.output(z.array(templateSchema)),
  /** Keeps a text under its name; one that has the name already gets this text. */
  keep: procedure.input(templateInputSchema).output(templateSchema),
  delete: procedure.input(z.object({ id: idSchema })).output(z.void()),
}

export type Template = z.output<typeof templateSchema>
export type TemplateInput = z.output<typeof templateInputSchema>
