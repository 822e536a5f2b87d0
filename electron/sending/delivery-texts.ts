import { type CompiledText, compileText } from '#shared/domain/template.ts'
import type { DueMessage, RunningDelivery } from '../store/send-queue/message-queue.ts'
import { type ClientText, textFor } from './client-text.ts'

/** Renders each delivery's text, parsed once. */
export interface DeliveryTexts {
  render(delivery: RunningDelivery, message: DueMessage): ClientText
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
      return typeof text === 'string' ? { ok: false, reason: text } : textFor(text, message)
    },
  }
}
