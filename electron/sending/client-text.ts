import { type MergeTexts, mergeValuesOf } from '#shared/domain/merge-values.ts'
import { type CompiledText, compileText } from '#shared/domain/template.ts'
import type { RunningDelivery } from '../store/ports/send-queue.ts'

export type ClientText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }

/** What a text may say of a client; attributes are a JSON object of strings. */
interface Recipient extends MergeTexts {
  readonly phone: string
  readonly attributes: string | null
}

/** Why a text that renders to nothing is not sent. */
export const emptyText = 'the text is empty for this client'

/** Returns the text that a client receives, or why there is none. The composer's previews use it too. */
export function textFor(text: CompiledText, recipient: Recipient): ClientText {
  const { phone, attributes } = recipient
  try {
    const own: unknown = text.isStatic || attributes === null ? {} : JSON.parse(attributes)
    const rendered = text.render(mergeValuesOf(recipient, phone, own as Record<string, string>))
    return rendered.trim() === '' ? { ok: false, reason: emptyText } : { ok: true, text: rendered }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Renders the texts of deliveries; each is parsed once. */
export interface DeliveryTexts {
  render(delivery: RunningDelivery, recipient: Recipient): ClientText
}

export function createDeliveryTexts(): DeliveryTexts {
  const compiled = new Map<number, { readonly source: string; readonly text: CompiledText | string }>()

  const textOf = ({ id, text: source }: RunningDelivery): CompiledText | string => {
    const known = compiled.get(id)
    if (known?.source === source) return known.text
    const result = compileText(source)
    const text = result.ok ? result.text : result.problem.message
    compiled.set(id, { source, text })
    return text
  }

  return {
    render(delivery, recipient) {
      const text = textOf(delivery)
      return typeof text === 'string' ? { ok: false, reason: text } : textFor(text, recipient)
    },
  }
}
