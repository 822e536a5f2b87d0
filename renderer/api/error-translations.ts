import type { TFunction } from 'i18next'
import type { SentError } from '#shared/errors/app-error.ts'

/** i18next would interpolate the braces of a template that a text only shows. */
const placeholder = '{{ token }}'

/** The text of an error in the user's language. A mistake in a template comes with its place, where it has one. */
export function translateError({ code, params }: SentError, t: TFunction<'shell'>): string {
  const text = t(code, { ns: 'errors', ...params, placeholder })
  const { line, column } = params
  const hasPlace = code.startsWith('template_') && line !== undefined && column !== undefined
  return hasPlace ? t('at_place', { ns: 'errors', line, column, text }) : text
}
