import type { Filter } from '#shared/domain/filter.ts'
import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { type CompiledText, compileText } from '#shared/domain/template.ts'
import { type SentError, sentError } from '#shared/errors/app-error.ts'
import { textFor } from '../sending/client-text.ts'
import type { AudienceMember, AudienceReads } from '../store/ports/audience.ts'

interface TextSample {
  readonly clientId: number
  readonly phone: string
  readonly name: string
  readonly text: string
  readonly error: SentError | null
}

export interface TextPreview {
  readonly problem: (SentError & { readonly line: number; readonly column: number }) | null
  readonly samples: TextSample[]
  readonly missing: { readonly variable: string; readonly clients: number }[]
}

/** Returns a text as the first clients of an audience would get it, and its variables that some of the audience have no value for. */
export async function previewText(
  audience: AudienceReads,
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
  const members = await audience.next(filter, 0, limit)
  const missing = []
  for (const variable of text.needed) {
    const clients = await audience.countWithout(filter, variable)
    if (clients > 0) missing.push({ variable, clients })
  }
  return { problem: null, samples: members.map((member) => sampleOf(text, member)), missing }
}

function sampleOf(text: CompiledText, member: AudienceMember): TextSample {
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
