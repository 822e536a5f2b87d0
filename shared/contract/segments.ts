import * as z from 'zod'
import { everybody, filterSchema } from '../domain/filter.ts'
import { procedure } from './errors.ts'
import { idSchema, restListOf, restPageSchema } from './values.ts'

const nameSchema = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')

export const segmentInputSchema = z.strictObject({
  name: nameSchema,
  filter: filterSchema.default(everybody),
})

export const segmentPatchSchema = z.strictObject({
  name: nameSchema.optional(),
  filter: filterSchema.optional(),
})

/** A filter with a name. Deliveries take a copy of the filter: to change or delete a segment changes none of them. */
export const segmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  filter: filterSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** More than a person tells apart. */
export const maxSegments = 1000

export const segments = {
  /** All of them, by name. */
  list: procedure.output(z.array(segmentSchema)),
  page: procedure
    .route({ method: 'GET', path: '/segments/', summary: 'List segments', tags: ['Segments'] })
    .input(restPageSchema)
    .output(restListOf(segmentSchema)),
  get: procedure
    .route({ method: 'GET', path: '/segments/{id}/', summary: 'Read a segment', tags: ['Segments'] })
    .input(z.object({ id: idSchema }))
    .output(segmentSchema),
  create: procedure
    .route({ method: 'POST', path: '/segments/', summary: 'Add a segment', tags: ['Segments'], successStatus: 201 })
    .input(segmentInputSchema)
    .output(segmentSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/segments/{id}/', summary: 'Change a segment', tags: ['Segments'] })
    .input(segmentPatchSchema.extend({ id: idSchema }))
    .output(segmentSchema),
  delete: procedure
    .route({
      method: 'DELETE',
      path: '/segments/{id}/',
      summary: 'Delete a segment',
      tags: ['Segments'],
      successStatus: 204,
    })
    .input(z.object({ id: idSchema }))
    .output(z.void()),
}

export type Segment = z.output<typeof segmentSchema>
export type SegmentInput = z.output<typeof segmentInputSchema>
export type SegmentPatch = z.output<typeof segmentPatchSchema>
