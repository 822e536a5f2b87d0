import * as z from 'zod'
import { type FilteredField, fieldFilters } from '../domain/client-fields.ts'
import { messageStatuses } from '../domain/states.ts'
import { clientSortFields } from './clients.ts'
import { procedure } from './errors.ts'
import { csvSeparators, type ExportFormat, exportOrderSchema } from './exports.ts'
import { booleanParameter, listParameter, parameters, requiredParameter, textParameter } from './query-parameters.ts'
import { periodParts } from './reports.ts'
import { idSchema } from './values.ts'

/** A file as REST sends it: written while it is read. RPC transports cannot carry it: they use `exports.write`. */
function fileSchema(mediaType: string, more: { readonly format?: 'binary' } = {}) {
  return z.object({
    headers: z.object({ 'content-type': z.string(), 'content-disposition': z.string() }),
    body: z
      .custom<ReadableStream<Uint8Array>>((body) => body instanceof ReadableStream)
      .meta({ jsonSchema: { type: 'string', contentMediaType: mediaType, ...more } }),
  })
}

const formats = {
  csv: {
    output: fileSchema('text/csv'),
    description:
      'UTF-8 with a byte order mark, instants as ISO 8601 in UTC. A text that a spreadsheet would run as a formula has an apostrophe before it.',
  },
  xlsx: {
    output: fileSchema('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', { format: 'binary' }),
    description: 'A sheet holds 1,048,575 rows; an export with more is refused with 409.',
  },
}

const formParameters = {
  separator: textParameter('Character between the cells of a CSV file', { enum: csvSeparators, default: 'comma' }),
  zone: textParameter('IANA time zone of a period’s days and of the dates in XLSX; this machine’s unless given'),
}

function query<Shape extends z.ZodRawShape>(shape: Shape) {
  return parameters({ ...shape, ...formParameters })
}

interface ExportFile<Query> {
  /** The address without its ending. */
  readonly path: `/${string}`
  readonly tag: string
  readonly summary: string
  readonly query: z.ZodType<Query>
  /** The subject as `exportSubjectSchema` expects it. */
  readonly subject: (query: Query) => unknown
}

/** The two addresses of a file. The query becomes the same order that `exports.write` accepts. */
function exportFile<Query extends { separator?: string | undefined; zone?: string | undefined }>({
  path,
  tag,
  summary,
  query,
  subject,
}: ExportFile<Query>) {
  const route = (format: ExportFormat) =>
    procedure
      .route({
        method: 'GET',
        path: `${path}.${format}`,
        summary: `${summary} to ${format.toUpperCase()}`,
        description: formats[format].description,
        tags: [tag],
        outputStructure: 'detailed',
      })
      .input(
        query
          .transform((given): unknown => ({
            subject: subject(given),
            format,
            separator: filled(given.separator),
            timeZone: given.zone,
          }))
          .pipe(exportOrderSchema),
      )
      .output(formats[format].output)
  return { csv: route('csv'), xlsx: route('xlsx') }
}

/** An empty parameter counts as none. */
function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

const clients = exportFile({
  path: '/clients/export',
  tag: 'Clients',
  summary: 'Export clients',
  query: query({
    search: textParameter('Part of a phone, name or tag'),
    ...(Object.fromEntries(fieldFilters.map(({ field, label }) => [field, listParameter(`Any of these ${label}`)])) as {
      [Field in FilteredField]: ReturnType<typeof listParameter>
    }),
    tag: listParameter('Any of these tags'),
    excludeTag: listParameter('None of these tags'),
    optedOut: textParameter('Only clients who have opted out, or only the others', { type: 'boolean' }),
    ids: textParameter('Only these clients, separated by commas; the filters do not count'),
    sortBy: textParameter('Order of the rows', { enum: clientSortFields, default: 'id' }),
    descending: booleanParameter('Reverses the order'),
  }),
  subject: ({ ids, sortBy, descending, ...filter }) => ({
    kind: 'clients',
    selection:
      ids === undefined
        ? {
            kind: 'query',
            query: {
              search: filled(filter.search),
              optedOut: filled(filter.optedOut),
              ...Object.fromEntries(fieldFilters.map(({ field, name }) => [name, filter[field]])),
              tags: filter.tag,
              excludeTags: filter.excludeTag,
            },
          }
        : { kind: 'ids', ids: ids.split(',') },
    sortBy: filled(sortBy),
    descending,
  }),
})

const deliveries = exportFile({
  path: '/deliveries/export',
  tag: 'Statistics',
  summary: 'Export the general statistics',
  query: query({}),
  subject: () => ({ kind: 'deliveries' }),
})

const period = exportFile({
  path: '/statistics/period',
  tag: 'Statistics',
  summary: 'Export the messages of a period',
  query: query({
    by: requiredParameter('What each row counts', { enum: periodParts }),
    since: requiredParameter('First day', { format: 'date' }),
    until: requiredParameter('Last day', { format: 'date' }),
  }),
  subject: ({ by, since, until, zone }) => ({
    kind: 'period',
    by: filled(by),
    period: { since: filled(since), until: filled(until), timeZone: zone },
  }),
})

const messages = exportFile({
  path: '/deliveries/{id}/messages',
  tag: 'Messages',
  summary: 'Export the messages of a delivery',
  query: query({ id: idSchema, status: textParameter('Only messages in this status', { enum: messageStatuses }) }),
  subject: ({ id, status }) => ({ kind: 'messages', deliveryId: id, status: filled(status) }),
})

const results = exportFile({
  path: '/deliveries/{id}/results',
  tag: 'Statistics',
  summary: 'Export the results of a delivery by status and by error',
  query: query({ id: idSchema }),
  subject: ({ id }) => ({ kind: 'results', deliveryId: id }),
})

const timeline = exportFile({
  path: '/deliveries/{id}/timeline',
  tag: 'Statistics',
  summary: 'Export the results of a delivery second by second',
  query: query({ id: idSchema }),
  subject: ({ id }) => ({ kind: 'timeline', deliveryId: id }),
})

/** Exports as REST downloads. */
export const exportFiles = {
  clientsCsv: clients.csv,
  clientsXlsx: clients.xlsx,
  deliveriesCsv: deliveries.csv,
  deliveriesXlsx: deliveries.xlsx,
  periodCsv: period.csv,
  periodXlsx: period.xlsx,
  messagesCsv: messages.csv,
  messagesXlsx: messages.xlsx,
  resultsCsv: results.csv,
  resultsXlsx: results.xlsx,
  timelineCsv: timeline.csv,
  timelineXlsx: timeline.xlsx,
}
