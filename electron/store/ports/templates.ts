import type { Template, TemplateInput } from '#shared/contract/templates.ts'

export interface TemplateReads {
  /** Returns all templates by name. */
  list(): Promise<Template[]>
}

export interface TemplateWrites extends TemplateReads {
  /** Saves a text under a name and replaces the one that has it. Throws `ConflictError` when the maximum number is reached. */
  save(input: TemplateInput, now: number): Promise<Template>
  /** Deletes a template. Deliveries that took its text keep it. Throws `NotFoundError`. */
  delete(id: number): Promise<void>
}
