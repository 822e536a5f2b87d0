import type { TFunction } from 'i18next'
import type { LastError } from '#shared/contract/messages.ts'
import { explainTemplate } from './template-words.ts'

/** What is known of an error beside its kind: the gateway's own words as they came, a template's mistake explained. */
export function errorDetail({ code, detail }: LastError, t: TFunction<'deliveries'>): string {
  switch (code) {
    case 'template':
      return detail === '' ? '' : explainTemplate(detail, t)
    case 'interrupted':
      // The program's own words, in English, and they say what the kind says already.
      return ''
    default:
      return detail
  }
}
