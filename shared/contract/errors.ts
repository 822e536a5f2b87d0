import { oc } from '@orpc/contract'
import * as z from 'zod'
import { appErrorCodes } from '../errors/app-error.ts'

const paramSchema = z.union([z.string(), z.number(), z.null(), z.array(z.string()).readonly()])

/** The code of an error, and what its text is about. `shared/errors` lists the codes. */
export const appErrorShape = { code: z.enum(appErrorCodes), params: z.record(z.string(), paramSchema) }
export const appErrorSchema = z.object(appErrorShape)

/** One thing wrong with an input: where it is (`filter.tags.0`), and the error as data and in English. */
export const inputIssueSchema = z.object({ path: z.string(), ...appErrorShape, message: z.string() })

/** Every error that crosses the border; any other arrives as INTERNAL. `reason` is the English text of `code`. */
export const errors = {
  VALIDATION: { status: 400, message: 'The input is not valid', data: z.object({ issues: z.array(inputIssueSchema) }) },
  NOT_FOUND: {
    status: 404,
    message: 'Not found',
    data: z.object({ entity: z.string(), id: z.number(), ...appErrorShape }),
  },
  CONFLICT: {
    status: 409,
    message: 'Not possible in the current state',
    data: z.object({ field: z.string().nullable(), ...appErrorShape, reason: z.string() }),
  },
  /** The program is locked: `lock.unlock` opens it. */
  LOCKED: { status: 423, message: 'Herald is locked: unlock it in the console', data: z.null() },
  GATEWAY_UNAVAILABLE: {
    status: 502,
    message: 'Unexpected response from the gateway',
    data: z.object({ reason: z.string() }),
  },
  /** The disk is full, or fails. */
  STORE_UNAVAILABLE: {
    status: 503,
    message: 'Nothing can be saved now',
    data: z.object({ ...appErrorShape, reason: z.string() }),
  },
  /** `id` is in the log next to the details. */
  INTERNAL: { status: 500, message: 'Something went wrong inside the program', data: z.object({ id: z.string() }) },
} as const

/** Every procedure of the contract starts from this one: it may fail with any of the errors above. */
export const procedure = oc.errors(errors)
