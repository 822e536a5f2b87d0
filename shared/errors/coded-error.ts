import { type AppError, errorText } from './app-error.ts'

/** An error that is thrown with a code and params. Its message is the English text. */
export class CodedError extends Error {
  readonly error: AppError

  constructor(error: AppError, options?: ErrorOptions) {
    super(errorText(error), options)
    this.error = error
  }
}
