import { type FocusEvent, useRef } from 'react'
import type { GatewayFormState } from '../use-gateway-form.ts'

type TextField = HTMLInputElement | HTMLTextAreaElement

/** Inserts placeholders into the template field that last had the focus, or into the address. */
export function useTemplateInsertion(form: GatewayFormState) {
  const last = useRef<TextField | null>(null)

  function remember({ target }: FocusEvent): void {
    if (isTextField(target) && target.dataset.template !== undefined) last.current = target
  }

  function insert(piece: string): void {
    const field = last.current?.isConnected ? last.current : addressField()
    const path = field?.dataset.template
    if (field === null || path === undefined) return
    const from = field.selectionStart ?? field.value.length
    const to = field.selectionEnd ?? from
    form.setFieldValue(path, field.value.slice(0, from) + piece + field.value.slice(to))
    // The cursor can only be set after React has rendered the new text.
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(from + piece.length, from + piece.length)
    })
  }

  return { remember, insert }
}

function isTextField(target: EventTarget): target is TextField {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function addressField(): TextField | null {
  return document.querySelector<HTMLInputElement>('input[data-template="webhook.url"]')
}
