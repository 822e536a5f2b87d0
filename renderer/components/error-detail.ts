import type { TFunction } from 'i18next'
import type { LastError } from '#shared/contract/messages.ts'
import { translateError } from '../api/error-translations.ts'

/** What is known of an error beside its kind: the gateway's own words unchanged, a template's mistake translated. */
export function errorDetail({ code, detail, reason }: LastError, t: TFunction<'shell'>): string {
  if (reason !== undefined) return translateError(reason, t)
  // The detail of an interrupted request is our own English, and says no more than its kind.
  return code === 'interrupted' ? '' : detail
}
