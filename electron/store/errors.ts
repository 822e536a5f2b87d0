import type { AppError } from '#shared/errors/app-error.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import { type InputProblem, issueOf, textOfIssues } from '#shared/errors/issue.ts'

/** The code of each kind of row that may be missing. */
const notFound = {
  client: 'client_not_found',
  delivery: 'delivery_not_found',
  message: 'message_not_found',
  phone: 'phone_not_listed',
  change: 'change_not_found',
  segment: 'segment_not_found',
  template: 'template_not_found',
} as const

/** There is no row with this id. */
export class NotFoundError extends CodedError {
  readonly entity: keyof typeof notFound
  readonly id: number

  constructor(entity: keyof typeof notFound, id: number) {
    super({ code: notFound[entity], params: { id } })
    this.entity = entity
    this.id = id
  }
}

/** The current state forbids the change. `field` names the input at fault, if any. */
export class ConflictError extends CodedError {
  readonly field: string | null

  constructor({ field, ...error }: AppError & { readonly field?: string }) {
    super(error)
    this.field = field ?? null
  }
}

/** The input has the right shape, but wrong values. `path` of each problem names the input at fault. */
export class InvalidInputError extends Error {
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    super(textOfIssues(problems.map(issueOf)))
    this.problems = problems
  }
}
