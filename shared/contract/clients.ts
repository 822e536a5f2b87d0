import * as z from 'zod'
import { tagSchema } from '../domain/filter.ts'
import { activityPage } from './activity.ts'
import { bulkProcedures } from './bulk-changes.ts'
import { clientQuerySchema, clientSearchSchema, optedOutFilterSchema } from './client-query.ts'
import { optOutInputSchema, optOutReportSchema } from './do-not-contact.ts'
import { procedure } from './errors.ts'
import { importProcedures } from './import.ts'
import { attemptsPage } from './messages.ts'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  keysetPageOf,
  pageSizeSchema,
  phoneSchema,
  readOnlySchema,
  type refusedLineSchema,
  restListOf,
  restPageSchema,
  timeZoneSchema,
} from './values.ts'

const operatorCodeSchema = z
  .union([z.string(), z.number().int().transform(String)])
  .pipe(z.string().regex(/^\d{3}$/, 'must have three digits'))

const attributesSchema = z.record(z.string().trim().min(1).max(100), z.string().max(10_000))

/** What a client is made of when the operator writes it down. */
export const clientInputSchema = z.strictObject({
  phone: phoneSchema,
  /** Derived from the phone unless given. */
  operatorCode: operatorCodeSchema.optional(),
  tags: z.array(tagSchema).max(100).default([]),
  /** IANA name; the machine's own unless given. */
  timeZone: timeZoneSchema.optional(),
  name: z.string().trim().max(200).default(''),
  /** Free merge variables. */
  attributes: attributesSchema.default({}),
  /** Set: this person is never written to again. */
  optedOutAt: instantSchema.nullable().default(null),
})

/** A client written anew; only `optedOutAt` stays as it is when it is left out. */
export const clientReplacementSchema = clientInputSchema.extend({ optedOutAt: instantSchema.nullable().optional() })

/** Fields left out stay as they are. */
export const clientPatchSchema = z.strictObject({
  phone: phoneSchema.optional(),
  operatorCode: operatorCodeSchema.optional(),
  tags: z.array(tagSchema).max(100).optional(),
  timeZone: timeZoneSchema.optional(),
  name: z.string().trim().max(200).optional(),
  attributes: attributesSchema.optional(),
  optedOutAt: instantSchema.nullable().optional(),
})

export const clientSchema = z.object({
  id: idSchema,
  phone: z.string(),
  operatorCode: z.string(),
  tags: z.array(z.string()),
  timeZone: z.string(),
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  optedOutAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** Which clients the REST list shows. `search` looks at phone, name and tags. */
const clientRestQuerySchema = z.strictObject({
  search: clientSearchSchema,
  operatorCode: z.string().optional(),
  tag: z.string().optional(),
  timeZone: z.string().optional(),
  optedOut: optedOutFilterSchema,
})

export const clientSortFields = ['id', 'phone', 'name', 'createdAt'] as const

export const clients = {
  /** The console's list: keyset pages. */
  list: procedure
    .input(
      clientQuerySchema.extend({
        sortBy: z.enum(clientSortFields).default('id'),
        descending: z.boolean().default(false),
        cursor: cursorSchema,
        limit: pageSizeSchema,
      }),
    )
    /** Where `isCountExact` is false, there are more than `count`: ask for `clients.count`. */
    .output(keysetPageOf(clientSchema).extend({ isCountExact: z.boolean() })),
  /** How many clients a query has, exactly. */
  count: procedure.input(clientQuerySchema).output(z.object({ count: z.int() })),
  /** The REST list: limit and offset. */
  page: procedure
    .route({ method: 'GET', path: '/clients/', summary: 'List clients', tags: ['Clients'] })
    .input(clientRestQuerySchema.extend(restPageSchema.shape))
    .output(restListOf(clientSchema)),
  get: procedure
    .route({ method: 'GET', path: '/clients/{id}/', summary: 'Read a client', tags: ['Clients'] })
    .input(z.object({ id: idSchema }))
    .output(clientSchema),
  create: procedure
    .route({ method: 'POST', path: '/clients/', summary: 'Add a client', tags: ['Clients'], successStatus: 201 })
    .input(clientInputSchema)
    .output(clientSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/clients/{id}/', summary: 'Change some fields of a client', tags: ['Clients'] })
    .input(clientPatchSchema.extend({ id: idSchema }))
    .output(clientSchema),
  replace: procedure
    .route({ method: 'PUT', path: '/clients/{id}/', summary: 'Write a client anew', tags: ['Clients'] })
    .input(clientReplacementSchema.extend({ id: idSchema, createdAt: readOnlySchema, updatedAt: readOnlySchema }))
    .output(clientSchema),
  /** Cancels the client's unsent messages and keeps the history of the sent ones. */
  delete: procedure
    .route({
      method: 'DELETE',
      path: '/clients/{id}/',
      summary: 'Delete a client',
      tags: ['Clients'],
      successStatus: 204,
    })
    .input(z.object({ id: idSchema }))
    .output(z.void()),
  /** What happened to them and to the messages to them, newest first. */
  activity: procedure
    .route({ method: 'GET', path: '/clients/{id}/activity/', summary: 'What happened to a client', tags: ['Clients'] })
    .input(activityPage.input)
    .output(activityPage.output),
  /** Every request that carried a message to them, the latest first. */
  attempts: procedure
    .route({
      method: 'GET',
      path: '/clients/{id}/attempts/',
      summary: 'Every request with a message to a client',
      tags: ['Clients'],
    })
    .input(attemptsPage.input)
    .output(attemptsPage.output),
  /** What there is to choose from in filters, with how many clients each has. */
  facets: procedure.output(
    z.object({
      operatorCodes: z.array(z.object({ value: z.string(), clients: z.int() })),
      tags: z.array(z.object({ value: z.string(), clients: z.int() })),
      timeZones: z.array(z.object({ value: z.string(), clients: z.int() })),
      /** Names of attributes in use, for merge variables. */
      attributes: z.array(z.string()),
    }),
  ),
  ...importProcedures,
  ...bulkProcedures,
  /** Puts phones on the do-not-contact list: whoever has one, now or later, is never written to. */
  optOut: procedure
    .route({
      method: 'POST',
      path: '/do-not-contact/',
      summary: 'Put phones on the do-not-contact list',
      tags: ['Do not contact'],
    })
    .input(optOutInputSchema)
    .output(optOutReportSchema),
}

export type Client = z.output<typeof clientSchema>
export type ClientInput = z.output<typeof clientInputSchema>
export type ClientReplacement = z.output<typeof clientReplacementSchema>
export type ClientPatch = z.output<typeof clientPatchSchema>
export type ClientSortField = (typeof clientSortFields)[number]
export type RefusedLine = z.output<typeof refusedLineSchema>
