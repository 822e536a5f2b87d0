/** There is no row with this id. */
export class NotFoundError extends Error {
  readonly entity: string
  readonly id: number

  constructor(entity: 'client' | 'delivery' | 'message' | 'phone' | 'change' | 'segment' | 'template', id: number) {
    super(entity === 'phone' ? `${id} is not on the list` : `there is no ${entity} ${id}`)
    this.entity = entity
    this.id = id
  }
}

/** What is there already forbids the change. The message is in words, with the remedy; `field` names the input at fault. */
export class ConflictError extends Error {
  readonly field: string | null

  constructor(field: string | null, message: string) {
    super(message)
    this.field = field
  }
}

/** The input has the right shape, but cannot be right. Each issue names the input at fault and what to do about it. */
export class InvalidInputError extends Error {
  readonly issues: ReadonlyArray<{ readonly path: string; readonly message: string }>

  constructor(issues: ReadonlyArray<{ readonly path: string; readonly message: string }>) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join('; '))
    this.issues = issues
  }
}
