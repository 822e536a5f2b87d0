import { clientErrors } from './client-errors.ts'
import { deliveryErrors } from './delivery-errors.ts'
import { gatewayErrors } from './gateway-errors.ts'
import { importErrors } from './import-errors.ts'
import { programErrors } from './program-errors.ts'
import { requestErrors } from './request-errors.ts'
import { templateErrors } from './template-errors.ts'
import { valueErrors } from './value-errors.ts'

/**
 * Every error that a person or a script can meet: its code, the params it carries, and its English text. REST answers, logs and
 * desktop dialogs use this text; the console has its own texts for each code in `renderer/locales/<language>/errors.json`.
 */
const errorTable = {
  ...valueErrors,
  ...clientErrors,
  ...importErrors,
  ...deliveryErrors,
  ...templateErrors,
  ...gatewayErrors,
  ...programErrors,
  ...requestErrors,
}

export type AppErrorCode = keyof typeof errorTable

export const appErrorCodes = Object.keys(errorTable) as readonly AppErrorCode[]

type TextOf<Code extends AppErrorCode> = (typeof errorTable)[Code]

/** An error as data. The params of a code are those of its text; a code without any needs none. */
export type AppError<Code extends AppErrorCode = AppErrorCode> = {
  [Each in Code]: Parameters<TextOf<Each>> extends [infer Params]
    ? { readonly code: Each; readonly params: Params }
    : { readonly code: Each; readonly params?: Readonly<Record<never, never>> }
}[Code]

/** The English text of an error. */
export function errorText({ code, params }: AppError): string {
  // Each text has its own params; `AppError` has already paired them.
  const text: (params: never) => string = errorTable[code]
  return text((params ?? {}) as never)
}

/** An error as it crosses the border. */
export interface SentError {
  readonly code: AppErrorCode
  readonly params: Record<string, string | number | null | readonly string[]>
}

/** The error as it crosses the border: its params are empty where its code has none. */
export function sentError({ code, params = {} }: AppError): SentError {
  return { code, params: { ...params } }
}

/** Whether a text is the code of an error. */
export function isAppErrorCode(text: string): text is AppErrorCode {
  return Object.hasOwn(errorTable, text)
}
