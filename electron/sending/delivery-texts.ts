import { type CompiledText, compileText } from '#shared/domain/template.ts'
import type { DueMessage, RunningDelivery } from '../store/message-queue.ts'

export type Rendered = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }

/** Renders each delivery's text, parsed once. */
export interface DeliveryTexts {
  render(delivery: RunningDelivery, message: DueMessage): Rendered
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
    render(delivery, message) {
      const text = textOf(delivery)
      if (typeof text === 'string') return { ok: false, reason: text }
      try {
        const rendered = text.isStatic ? delivery.text : text.render(mergeValues(message))
        if (rendered.trim() === '') return { ok: false, reason: 'the text is empty for this client' }
        return { ok: true, text: rendered }
      } catch (error) {
        return { ok: false, reason: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}

function mergeValues({ name, phone, attributes }: DueMessage): { name: string; phone: string } {
  const own: unknown = attributes === null ? {} : JSON.parse(attributes)
  return { ...(own as Record<string, string>), name: name ?? '', phone }
}
