import { oc } from '@orpc/contract'
import * as z from 'zod'

/** One thing wrong with an input: where it stands (`filter.tags.0`) and what to do about it. */
export const inputIssueSchema = z.object({ path: z.string(), message: z.string() })
export type InputIssue = z.output<typeof inputIssueSchema>

/** Every error that crosses the border. What is not here arrives as INTERNAL. */
export const errors = {
  VALIDATION: { status: 400, message: 'The input is not valid', data: z.object({ issues: z.array(inputIssueSchema) }) },
  NOT_FOUND: { status: 404, message: 'There is no such thing', data: z.object({ entity: z.string(), id: z.number() }) },
  CONFLICT: {
    status: 409,
    message: 'The present state forbids this',
    data: z.object({ field: z.string().nullable(), reason: z.string() }),
  },
  /** The program is locked: `lock.unlock` opens it. */
  LOCKED: { status: 423, message: 'Herald is locked: unlock it in the console', data: z.null() },
  GATEWAY_UNAVAILABLE: {
    status: 502,
    message: 'The gateway does not answer as it should',
    data: z.object({ reason: z.string() }),
  },
  /** The disk is full, or fails; `reason` names the remedy. */
  STORE_UNAVAILABLE: {
    status: 503,
    message: 'Nothing can be saved now',
    data: z.object({ reason: z.string() }),
  },
  /** `id` stands in the log beside the whole story. */
  INTERNAL: { status: 500, message: 'Something went wrong inside the program', data: z.object({ id: z.string() }) },
} as const

/** Where every procedure of the contract begins: it may end in any of the errors above. */
export const procedure = oc.errors(errors)
