import { ORPCError } from '@orpc/client'
import type { ORPCErrorFromErrorMap } from '@orpc/contract'
import type { TFunction } from 'i18next'
import type { errors } from '#shared/contract/errors.ts'
import { translateReason } from './reasons.ts'

/** Any error that the contract names. */
export type ContractError = ORPCErrorFromErrorMap<typeof errors>

/** What went wrong and what the operator can do about it. */
export interface Problem {
  readonly title: string
  readonly advice: string
}

type Translate = TFunction<'shell'>

/** The error as the contract names it, or null when it is none of those (the door is shut, the program is gone). */
export function contractErrorOf(error: unknown): ContractError | null {
  // The engine answers with nothing but the contract's errors under `defined`, so its shape is known.
  return error instanceof ORPCError && error.defined ? (error as ContractError) : null
}

/** Whether the error says that the thing itself does not exist. */
export function isNotFound(error: unknown): boolean {
  return contractErrorOf(error)?.code === 'NOT_FOUND'
}

/** Whether the error says that the program is locked. */
export function isLockedError(error: unknown): boolean {
  return contractErrorOf(error)?.code === 'LOCKED'
}

/** Whether a token could not be kept because the system has no keyring. */
export function isNoKeyring(error: unknown): boolean {
  const known = contractErrorOf(error)
  return (
    known?.code === 'CONFLICT' &&
    known.data.field === 'token' &&
    /^This system offers no keyring/.test(known.data.reason)
  )
}

/** Puts any error into words. */
export function describeError(error: unknown, t: Translate): Problem {
  const known = contractErrorOf(error)
  if (known === null) return describeForeign(error, t)
  switch (known.code) {
    case 'VALIDATION':
      return {
        title: t('errors.validation'),
        advice: known.data.issues.map((issue) => translateReason(issue.message, t)).join('; '),
      }
    case 'NOT_FOUND':
      return { title: t('errors.notFound'), advice: t('errors.notFoundAdvice') }
    case 'CONFLICT':
      return { title: t('errors.conflict'), advice: translateReason(known.data.reason, t) }
    case 'LOCKED':
      return { title: t('errors.locked'), advice: t('errors.lockedAdvice') }
    case 'GATEWAY_UNAVAILABLE':
      return { title: t('errors.gateway'), advice: known.data.reason }
    case 'STORE_UNAVAILABLE':
      return { title: t('errors.store'), advice: translateReason(known.data.reason, t) }
    case 'INTERNAL':
      return { title: t('errors.internal'), advice: t('errors.internalAdvice', { id: known.data.id }) }
  }
}

/**
 * The words for each field of a form (`attributes.city` → what to do about it), ready for `form.setErrors`.
 * Null when the error is not about fields.
 */
export function fieldErrorsOf(error: unknown, t: Translate): Record<string, string> | null {
  const known = contractErrorOf(error)
  if (known?.code === 'VALIDATION') {
    return Object.fromEntries(known.data.issues.map((issue) => [issue.path, translateReason(issue.message, t)]))
  }
  if (known?.code === 'CONFLICT' && known.data.field !== null) {
    return { [known.data.field]: translateReason(known.data.reason, t) }
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
