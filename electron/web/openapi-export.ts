import type { OpenAPI } from '@orpc/contract'
import { clientSortFields } from '#shared/contract/clients.ts'
import { csvSeparators } from '#shared/contract/exports.ts'
import { periodParts } from '#shared/contract/reports.ts'
import { messageStatuses } from '#shared/domain/states.ts'

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function inQuery(
  name: string,
  description: string,
  schema: NonNullable<OpenAPI.ParameterObject['schema']> = { type: 'string' },
): OpenAPI.ParameterObject {
  return { name, in: 'query', description, schema }
}

const id: OpenAPI.ParameterObject = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }

/** A filter that may stand several times: any of its values. */
function several(name: string, description: string): OpenAPI.ParameterObject {
  return inQuery(name, description, { type: 'array', items: { type: 'string' } })
}

const ofClients = [
  inQuery('search', 'Part of a phone, name or tag'),
  several('operatorCode', 'Any of these operator codes'),
  several('tag', 'Any of these tags'),
  several('timeZone', 'Any of these time zones'),
  several('excludeTag', 'None of these tags'),
  inQuery('optedOut', 'Only those who have opted out, or only the others', { type: 'boolean' }),
  inQuery('ids', 'These clients alone, separated by commas, whatever the filters say'),
  inQuery('sortBy', 'The order of the lines', { type: 'string', enum: [...clientSortFields], default: 'id' }),
  inQuery('descending', 'The other way round', { type: 'boolean', default: false }),
]

const files = [
  { path: '/clients/export', tag: 'Clients', name: 'clients', words: 'Export clients', parameters: ofClients },
  {
    path: '/deliveries/export',
    tag: 'Statistics',
    name: 'deliveries',
    words: 'Export the general statistics',
    parameters: [],
  },
  {
    path: '/statistics/period',
    tag: 'Statistics',
    name: 'period',
    words: 'Export the messages of a period',
    parameters: [
      { ...inQuery('by', 'What a line stands for', { type: 'string', enum: [...periodParts] }), required: true },
      { ...inQuery('since', 'The first day', { type: 'string', format: 'date' }), required: true },
      { ...inQuery('until', 'The last day', { type: 'string', format: 'date' }), required: true },
    ],
  },
  {
    path: '/deliveries/{id}/messages',
    tag: 'Messages',
    name: 'messages',
    words: 'Export the messages of a delivery',
    parameters: [id, inQuery('status', 'Only messages in this state', { type: 'string', enum: [...messageStatuses] })],
  },
  {
    path: '/deliveries/{id}/results',
    tag: 'Statistics',
    name: 'results',
    words: 'Export what a delivery came to, by status and by error',
    parameters: [id],
  },
  {
    path: '/deliveries/{id}/timeline',
    tag: 'Statistics',
    name: 'timeline',
    words: 'Export the results of a delivery second by second',
    parameters: [id],
  },
] as const

/** How the files are described: they are written as they are read, which the contract's own call does in pieces. */
export const exportOperations: ReadonlyArray<readonly [path: string, operation: OpenAPI.OperationObject]> =
  files.flatMap(({ path, tag, name, words, parameters }) => [
    [
      `${path}.csv`,
      {
        operationId: `exports.${name}Csv`,
        tags: [tag],
        summary: `${words} to CSV`,
        description:
          'UTF-8 with a byte order mark, instants as ISO 8601 in UTC. A text that a spreadsheet would run as a formula has an apostrophe before it.',
        parameters: [
          ...parameters,
          inQuery('separator', 'What stands between the cells', {
            type: 'string',
            enum: [...csvSeparators],
            default: 'comma',
          }),
        ],
        responses: { 200: { description: '', content: { 'text/csv': { schema: { type: 'string' } } } } },
      },
    ],
    [
      `${path}.xlsx`,
      {
        operationId: `exports.${name}Xlsx`,
        tags: [tag],
        summary: `${words} to XLSX`,
        description: 'A sheet holds 1,048,575 lines; what is more is refused with 409.',
        parameters: [
          ...parameters,
          inQuery('zone', 'Whose clocks the dates show (IANA time zone); this machine’s unless given'),
        ],
        responses: { 200: { description: '', content: { [sheet]: { schema: { type: 'string', format: 'binary' } } } } },
      },
    ],
  ])
