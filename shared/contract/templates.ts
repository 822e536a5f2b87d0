import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'
import { procedure } from './errors.ts'
import { idSchema } from './values.ts'

const nameSchema = z.string().trim().min(1).max(200)
const textSchema = z.string().regex(/\S/, failsWith('empty')).max(10_000)

export const templateInputSchema = z.strictObject({ name: nameSchema, text: textSchema })

/** A reusable text. Deliveries copy it, so changing or deleting a template does not affect them. */
export const templateSchema = z.object({ id: idSchema, name: z.string(), text: z.string(), updatedAt: z.string() })

export const maxTemplates = 1000

export const templates = {
  /** All templates, by name. */
  list: procedure.output(z.array(templateSchema)),
  /** Saves a text under a name, replacing the text of a template with that name. */
  keep: procedure.input(templateInputSchema).output(templateSchema),
  delete: procedure.input(z.object({ id: idSchema })).output(z.void()),
}

export type Template = z.output<typeof templateSchema>
export type TemplateInput = z.output<typeof templateInputSchema>
