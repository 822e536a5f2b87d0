import { ORPCError } from '@orpc/client'
import type { ORPCErrorFromErrorMap } from '@orpc/contract'
import type { TFunction } from 'i18next'
import type { errors } from '#shared/contract/errors.ts'
import { translateError } from './error-translations.ts'

/** Any error that the contract names. */
export type ContractError = ORPCErrorFromErrorMap<typeof errors>

/** What went wrong and what the user can do about it. */
export interface Problem {
  readonly title: string
  readonly advice: string
}

type Translate = TFunction<'shell'>

/** The error of the contract, or null for any other (access denied, the program has ended). */
export function contractErrorOf(error: unknown): ContractError | null {
  // The engine sets `defined` for errors of the contract only, so the shape is known.
  return error instanceof ORPCError && error.defined ? (error as ContractError) : null
}

/** Whether the entity does not exist. */
export function isNotFound(error: unknown): boolean {
  return contractErrorOf(error)?.code === 'NOT_FOUND'
}

/** Whether the program is locked. */
export function isLockedError(error: unknown): boolean {
  return contractErrorOf(error)?.code === 'LOCKED'
}

/** Whether a token could not be kept because the system has no keyring. */
export function isNoKeyring(error: unknown): boolean {
  const known = contractErrorOf(error)
  return known?.code === 'CONFLICT' && known.data.code === 'keyring_missing'
}

/** The texts for any error. */
export function describeError(error: unknown, t: Translate): Problem {
  const known = contractErrorOf(error)
  if (known === null) return describeForeign(error, t)
  switch (known.code) {
    case 'VALIDATION':
      return {
        title: t('errors.validation'),
        advice: known.data.issues.map((issue) => translateError(issue, t)).join('; '),
      }
    case 'NOT_FOUND':
      return { title: t('errors.notFound'), advice: t('errors.notFoundAdvice') }
    case 'CONFLICT':
      return { title: t('errors.conflict'), advice: translateError(known.data, t) }
    case 'LOCKED':
      return { title: t('errors.locked'), advice: t('errors.lockedAdvice') }
    case 'GATEWAY_UNAVAILABLE':
      return { title: t('errors.gateway'), advice: known.data.reason }
    case 'STORE_UNAVAILABLE':
      return { title: t('errors.store'), advice: translateError(known.data, t) }
    case 'INTERNAL':
      return { title: t('errors.internal'), advice: t('errors.internalAdvice', { id: known.data.id }) }
  }
}

/**
 * The text for each field of a form (`attributes.city` → its text), ready for `form.setErrors`.
 * Null when the error is not about fields.
 */
export function fieldErrorsOf(error: unknown, t: Translate): Record<string, string> | null {
  const known = contractErrorOf(error)
  if (known?.code === 'VALIDATION') {
    return Object.fromEntries(known.data.issues.map((issue) => [issue.path, translateError(issue, t)]))
  }
  if (known?.code === 'CONFLICT' && known.data.field !== null) {
    return { [known.data.field]: translateError(known.data, t) }
  }
  return null
}

function describeForeign(error: unknown, t: Translate): Problem {
  if (error instanceof ORPCError && (error.status === 401 || error.status === 403)) {
    return { title: t('errors.shut'), advice: t('errors.shutAdvice') }
  }
  if (error instanceof ORPCError && error.status === 413) {
    return { title: t('errors.tooLarge'), advice: t('errors.tooLargeAdvice') }
  }
  return { title: t('errors.unreachable'), advice: t('errors.unreachableAdvice') }
}
