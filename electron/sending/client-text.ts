import type { CompiledText } from '#shared/domain/template.ts'

export type ClientText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }

/** What a text may say of a client; attributes are a JSON object of strings. */
interface Addressee {
  readonly name: string | null
  readonly phone: string
  readonly attributes: string | null
}

/** Why a text that renders to nothing is not sent. */
export const nothingLeft = 'the text is empty for this client'

/** The text that a client gets, or why there is none: the same for what is sent and for what the composer foretells. */
export function textFor(text: CompiledText, { name, phone, attributes }: Addressee): ClientText {
  try {
    const own: unknown = text.isStatic || attributes === null ? {} : JSON.parse(attributes)
    const rendered = text.render({ ...(own as Record<string, string>), name: name ?? '', phone })
    return rendered.trim() === '' ? { ok: false, reason: nothingLeft } : { ok: true, text: rendered }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
