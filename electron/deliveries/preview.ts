import type { Filter } from '#shared/domain/filter.ts'
import { type CompiledText, compileText, type TemplateProblem } from '#shared/domain/template.ts'
import { textFor } from '../sending/client-text.ts'
import { countLacking, firstOfAudience, type Member } from '../store/audience/audience-reads.ts'
import type { ReadSession } from '../store/sqlite/connection.ts'

interface Sample {
  readonly clientId: number
  readonly phone: string
  readonly name: string
  readonly text: string
  readonly error: string | null
}

export interface Preview {
  readonly problem: TemplateProblem | null
  readonly samples: Sample[]
  readonly missing: { readonly variable: string; readonly clients: number }[]
}

/** A text as the first clients of an audience would get it, and which of its variables some of the audience lack. */
export async function previewText(sql: ReadSession, source: string, filter: Filter, limit: number): Promise<Preview> {
  const compiled = compileText(source)
  if (!compiled.ok) return { problem: compiled.problem, samples: [], missing: [] }
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
  return { clientId: id, phone, name, text: own.ok ? own.text : '', error: own.ok ? null : own.reason }
}
