import * as z from 'zod'
import {
  byName,
  type ClientField,
  clientFieldNames,
  clientFields,
  clientTextFields,
  type FilteredField,
  fieldFilters,
} from '../domain/client-fields.ts'
import { activityPage } from './activity.ts'
import { bulkProcedures } from './bulk-changes.ts'
import { clientQuerySchema, clientSearchSchema, optedOutFilterSchema } from './client-query.ts'
import { optOutBody, optOutInputSchema, optOutReportSchema } from './do-not-contact.ts'
import { procedure } from './errors.ts'
import { importProcedures } from './import.ts'
import { importFileProcedure } from './import-file.ts'
import { attemptsPage } from './messages.ts'
import { restProcedures } from './rest-procedures.ts'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  keysetPageOf,
  pageSizeSchema,
  readOnlySchema,
  type refusedLineSchema,
} from './values.ts'

const attributesSchema = z.record(z.string().trim().min(1).max(100), z.string().max(10_000))

const schemas = byName(clientFieldNames, (field) => clientFields[field].schema) as {
  [Field in ClientField]: (typeof clientFields)[Field]['schema']
}
const inputs = byName(clientFieldNames, (field) => clientFields[field].input) as {
  [Field in ClientField]: (typeof clientFields)[Field]['input']
}

/** The fields that the user can set, without defaults. */
const clientFieldsSchema = z.strictObject({
  ...schemas,
  /** Additional merge variables. */
  attributes: attributesSchema,
  /** If set, Herald never sends to this client. */
  optedOutAt: instantSchema.nullable(),
})
const fields = clientFieldsSchema.shape

/** A new client. `operatorCode` defaults to the phone's, `timeZone` to the machine's. */
export const clientInputSchema = clientFieldsSchema.extend({
  ...inputs,
  attributes: fields.attributes.default({}),
  optedOutAt: fields.optedOutAt.default(null),
})

/** All fields of a client. Omitted fields are reset, except `optedOutAt`, which keeps its value. */
export const clientReplacementSchema = clientInputSchema.extend({ optedOutAt: fields.optedOutAt.optional() })

/** Some fields of a client. Omitted fields keep their values. */
export const clientPatchSchema = clientFieldsSchema.partial()

export const clientSchema = z.object({
  id: idSchema,
  phone: z.string(),
  ...byName(clientTextFields, () => z.string()),
  tags: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  optedOutAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** Filters of the REST list. `search` matches phone, name and tags. */
const clientRestQuerySchema = z.strictObject({
  search: clientSearchSchema,
  ...byName(
    fieldFilters.map(({ field }): FilteredField => field),
    () => z.string().optional(),
  ),
  tag: z.string().optional(),
  optedOut: optedOutFilterSchema,
})

export type ClientRestQuery = z.output<typeof clientRestQuerySchema>

export const clientSortFields = ['id', 'phone', 'name', 'createdAt'] as const

/** Values that clients have, each with its number of clients. */
const facetSchema = z.array(z.object({ value: z.string(), clients: z.int() }))

const byId = z.object({ id: idSchema })
const rest = restProcedures('Clients')

export const clients = {
  /** The console's list, in keyset pages. */
  list: procedure
    .input(
      clientQuerySchema.extend({
        sortBy: z.enum(clientSortFields).default('id'),
        descending: z.boolean().default(false),
        cursor: cursorSchema,
        limit: pageSizeSchema,
      }),
    )
    /** If `isCountExact` is false, there are more than `count` clients: `clients.count` returns the exact number. */
    .output(keysetPageOf(clientSchema).extend({ isCountExact: z.boolean() })),
  /** Returns the exact number of clients that match a query. */
  count: procedure.input(clientQuerySchema).output(z.object({ count: z.int() })),
  page: rest.page('/clients/', 'List clients', clientRestQuerySchema, clientSchema),
  get: rest.get('/clients/{id}/', 'Get a client').input(byId).output(clientSchema),
  create: rest.create('/clients/', 'Create a client').input(clientInputSchema).output(clientSchema),
  update: rest
    .patch('/clients/{id}/', 'Update some fields of a client')
    .input(clientPatchSchema.extend({ id: idSchema }))
    .output(clientSchema),
  replace: rest
    .put('/clients/{id}/', 'Replace all fields of a client')
    .input(clientReplacementSchema.extend({ id: idSchema, createdAt: readOnlySchema, updatedAt: readOnlySchema }))
    .output(clientSchema),
  /** Cancels the client's unsent messages and keeps the history of the sent ones. */
  delete: rest.delete('/clients/{id}/', 'Delete a client').input(byId).output(z.void()),
  /** The events of a client and of its messages, newest first. */
  activity: rest
    .get('/clients/{id}/activity/', 'List the events of a client')
    .input(activityPage.input)
    .output(activityPage.output),
  /** Every request with a message to the client, newest first. */
  attempts: rest
    .get('/clients/{id}/attempts/', 'List the send attempts to a client')
    .input(attemptsPage.input)
    .output(attemptsPage.output),
  /** The values that filters can choose from, each with its number of clients. */
  facets: procedure.output(
    z.object({
      ...byName(
        fieldFilters.map(({ name }) => name),
        () => facetSchema,
      ),
      tags: facetSchema,
      /** Names of attributes in use: they can be merge variables. */
      attributes: z.array(z.string()),
    }),
  ),
  ...importProcedures,
  importFile: importFileProcedure,
  ...bulkProcedures,
  /** Adds phones to the do-not-contact list. Their present and future clients receive no messages. */
  optOut: procedure
    .route({
      method: 'POST',
      path: '/do-not-contact/',
      summary: 'Add phones to the do-not-contact list',
      tags: ['Do not contact'],
      spec: (operation) => ({ ...operation, requestBody: optOutBody }),
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
