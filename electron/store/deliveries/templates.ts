import { maxTemplates, type Template, type TemplateInput } from '#shared/contract/templates.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadContext, WriteContext } from '../contexts.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, editEvents } from '../journal/field-changes.ts'
import type { TemplateRow } from '../models/template.ts'

/** Returns all templates by name. */
export async function listTemplates({ models, transaction }: ReadContext): Promise<Template[]> {
  const rows = await models.Template.findAll({ limit: maxTemplates, transaction })
  // SQLite sorts by bytes only.
  return rows.map(templateOf).sort((a, b) => a.name.localeCompare(b.name))
}

/** Saves a text under a name and replaces the one that has it. Throws `ConflictError` when there are too many. */
export async function saveTemplate(
  { models, transaction, record }: WriteContext,
  { name, text }: TemplateInput,
  now: number,
): Promise<Template> {
  const known = await models.Template.findOne({ where: { name }, transaction })
  if (known !== null) {
    const before = { text: known.text }
    await known.update({ text, updatedAt: now }, { transaction })
    record(...editEvents({ template: name }, before, { text }))
    return templateOf(known)
  }
  if ((await models.Template.count({ transaction })) >= maxTemplates)
    throw new ConflictError({ code: 'templates_full', params: { max: maxTemplates } })
  const row = await models.Template.create({ name, text, updatedAt: now }, { transaction })
  record({ template: name, status: 'created', by: 'operator', changes: changesIn({}, { name, text }) })
  return templateOf(row)
}

/** Deletes a template. Deliveries that took its text keep it. Throws `NotFoundError`. */
export async function deleteTemplate({ models, transaction, record }: WriteContext, id: number): Promise<void> {
  const known = await models.Template.findByPk(id, { transaction })
  if (known === null) throw new NotFoundError('template', id)
  await known.destroy({ transaction })
  record({ template: known.name, status: 'deleted', by: 'operator', changes: changesIn({ text: known.text }, {}) })
}

function templateOf({ id, name, text, updatedAt }: TemplateRow): Template {
  return { id, name, text, updatedAt: toInstant(updatedAt) }
}
