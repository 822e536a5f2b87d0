import type { TFunction } from 'i18next'
import type { LastError } from '#shared/contract/messages.ts'
import { explainTemplate } from './template-words.ts'

/** The readable detail of an error: the gateway's own text, or an explanation of a template error. */
export function errorDetail({ code, detail }: LastError, t: TFunction<'deliveries'>): string {
  switch (code) {
    case 'template':
      return detail === '' ? '' : explainTemplate(detail, t)
    case 'interrupted':
      // The detail is the program's own English text and repeats the code.
      return ''
    default:
      return detail
  }
}
