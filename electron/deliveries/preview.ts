import type { Filter } from '#shared/domain/filter.ts'
import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { type CompiledText, compileText } from '#shared/domain/template.ts'
import { type SentError, sentError } from '#shared/errors/app-error.ts'
import { textFor } from '../sending/client-text.ts'
import { countLacking, firstOfAudience, type Member } from '../store/audience/audience-reads.ts'
import type { ReadSession } from '../store/sqlite/connection.ts'

interface Sample {
  readonly clientId: number
  readonly phone: string
  readonly name: string
  readonly text: string
  readonly error: SentError | null
}

export interface TextPreview {
  readonly problem: (SentError & { readonly line: number; readonly column: number }) | null
  readonly samples: Sample[]
  readonly missing: { readonly variable: string; readonly clients: number }[]
}

/** A text as the first clients of an audience would get it, and which of its variables some of the audience lack. */
export async function previewText(
  sql: ReadSession,
  source: string,
  filter: Filter,
  limit: number,
): Promise<TextPreview> {
  const compiled = compileText(source)
  if (!compiled.ok) {
    const { error, line, column } = compiled.problem
    return { problem: { ...sentError(error), line, column }, samples: [], missing: [] }
  }
  const { text } = compiled
  const members = await firstOfAudience(sql, filter, limit)
  const missing = []
  for (const variable of text.needed) {
    const clients = await countLacking(sql, filter, variable)
    if (clients > 0) missing.push({ variable, clients })
  }
  return { problem: null, samples: members.map((member) => sampleOf(text, member)), missing }
}

function sampleOf(text: CompiledText, member: Member): Sample {
  const { id, phone, name } = member
  const own = textFor(text, member)
  return {
    clientId: id,
    phone,
    name,
    text: own.ok ? own.text : '',
    error: own.ok ? null : sentError(templateErrorOf(own.reason)),
  }
}
