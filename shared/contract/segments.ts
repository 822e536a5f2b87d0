import * as z from 'zod'
import { everybody, filterSchema } from '../domain/filter.ts'
import { procedure } from './errors.ts'
import { restProcedures } from './rest-procedures.ts'
import { idSchema } from './values.ts'

const nameSchema = z.string().trim().min(1).max(200)

export const segmentInputSchema = z.strictObject({
  name: nameSchema,
  filter: filterSchema.default(everybody),
})

export const segmentPatchSchema = z.strictObject({ name: nameSchema, filter: filterSchema }).partial()

/** A named filter. Deliveries copy the filter, so changing or deleting a segment does not affect them. */
export const segmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  filter: filterSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
})

export const maxSegments = 1000

const byId = z.object({ id: idSchema })
const rest = restProcedures('Segments')

export const segments = {
  /** All segments, by name. */
  list: procedure.output(z.array(segmentSchema)),
  page: rest.page('/segments/', 'List segments', z.object({}), segmentSchema),
  get: rest.get('/segments/{id}/', 'Get a segment').input(byId).output(segmentSchema),
  create: rest.create('/segments/', 'Create a segment').input(segmentInputSchema).output(segmentSchema),
  update: rest
    .patch('/segments/{id}/', 'Update some fields of a segment')
    .input(segmentPatchSchema.extend({ id: idSchema }))
    .output(segmentSchema),
  delete: rest.delete('/segments/{id}/', 'Delete a segment').input(byId).output(z.void()),
}

export type Segment = z.output<typeof segmentSchema>
export type SegmentInput = z.output<typeof segmentInputSchema>
export type SegmentPatch = z.output<typeof segmentPatchSchema>
