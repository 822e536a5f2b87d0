import { maxTemplates, type Template, type TemplateInput } from '#shared/contract/templates.ts'
import { toInstant } from '../../base/clock.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { changesIn, noteEdit } from '../journal/field-changes.ts'
import type { Reading, Writing } from '../store.ts'

interface StoredTemplate {
  readonly id: number
  readonly name: string
  readonly text: string
  readonly updatedAt: number
}

/** All templates by name. */
export async function listTemplates({ sql }: Pick<Reading, 'sql'>): Promise<Template[]> {
  const rows = await sql.all<StoredTemplate>('SELECT id, name, text, updatedAt FROM templates LIMIT ?', [maxTemplates])
  // SQLite knows the order of bytes only.
  return rows.map(templateOf).sort((a, b) => a.name.localeCompare(b.name))
}

/** Keeps a text under its name, in place of the one that has it already. Throws `ConflictError` when there are too many. */
export async function keepTemplate(writing: Writing, { name, text }: TemplateInput, now: number): Promise<Template> {
  const { sql, note } = writing
  const known = await sql.first<StoredTemplate>('SELECT id, name, text, updatedAt FROM templates WHERE name = ?', [
    name,
  ])
  if (known !== undefined) {
    await sql.run('UPDATE templates SET text = ?, updatedAt = ? WHERE id = ?', [text, now, known.id])
    noteEdit(writing, { template: name }, { text: known.text }, { text })
    return templateOf({ ...known, text, updatedAt: now })
  }
  const counted = await sql.first<{ count: number }>('SELECT count(*) AS count FROM templates')
  if ((counted?.count ?? 0) >= maxTemplates)
    throw new ConflictError({ code: 'templates_full', params: { max: maxTemplates } })
  const { lastId } = await sql.run('INSERT INTO templates (name, text, updatedAt) VALUES (?, ?, ?)', [name, text, now])
  note({ template: name, status: 'created', by: 'operator', changes: changesIn({}, { name, text }) })
  return templateOf({ id: lastId, name, text, updatedAt: now })
}

/** Deliveries that took its text keep it. Throws `NotFoundError`. */
export async function deleteTemplate({ sql, note }: Writing, id: number): Promise<void> {
  const known = await sql.first<StoredTemplate>('SELECT id, name, text, updatedAt FROM templates WHERE id = ?', [id])
  if (known === undefined) throw new NotFoundError('template', id)
  await sql.run('DELETE FROM templates WHERE id = ?', [id])
  note({ template: known.name, status: 'deleted', by: 'operator', changes: changesIn({ text: known.text }, {}) })
}

function templateOf({ updatedAt, ...template }: StoredTemplate): Template {
  return { ...template, updatedAt: toInstant(updatedAt) }
}
