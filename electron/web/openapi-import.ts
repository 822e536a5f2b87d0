import type { OpenAPI } from '@orpc/contract'
import { onKnownChoices } from '#shared/contract/import.ts'
import { columnTargets } from '#shared/domain/import-columns.ts'
import { encodings } from '#shared/domain/table-file.ts'
import { delimiterNames } from './import-options.ts'

/** How `POST /clients/import` is described: it takes a bare file, which the contract's own call wraps in a form. */
export const importOperation: OpenAPI.OperationObject = {
  operationId: 'clients.import',
  tags: ['Clients'],
  summary: 'Import clients from CSV or XLSX',
  description: [
    'The body is the file itself, whatever its content type, or a form with one file: `curl --data-binary @clients.csv`.',
    'Columns are guessed from the header unless the query names them: `?phone=Mobile&name=Full%20name&ignore=Notes`.',
    'Columns that are nothing else become attributes. It is all or nothing: whoever breaks the request off leaves the directory as it was.',
  ].join(' '),
  parameters: [
    ...columnTargets.map(
      (name): OpenAPI.ParameterObject => ({
        name,
        in: 'query',
        description: `Title of the column that holds ${name}`,
        schema: { type: 'string' },
      }),
    ),
    {
      name: 'ignore',
      in: 'query',
      description: 'Titles of columns to leave out, separated by commas',
      schema: { type: 'string' },
    },
    option('onKnown', 'What to do with a phone that the directory has already', {
      type: 'string',
      enum: [...onKnownChoices],
      default: 'update',
    }),
    option('dryRun', 'Give the report that the import would give, and write nothing', {
      type: 'boolean',
      default: false,
    }),
    option('sheet', 'The sheet of a workbook, the first one unless named', { type: 'string' }),
    option('encoding', 'How a CSV file is written down; found out unless given', {
      type: 'string',
      enum: [...encodings],
    }),
    option('delimiter', 'What stands between the cells of a CSV file; found out unless given', {
      type: 'string',
      enum: Object.keys(delimiterNames),
    }),
  ],
  requestBody: {
    required: true,
    content: {
      'text/csv': {
        schema: { type: 'string' },
        example: 'phone,name,tags,timezone\n+7 900 123-45-67,Anna,vip;moscow,Europe/Moscow\n',
      },
    },
  },
  responses: {
    200: {
      description: '',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ImportReport' } } },
    },
  },
}

function option(
  name: string,
  description: string,
  schema: NonNullable<OpenAPI.ParameterObject['schema']>,
): OpenAPI.ParameterObject {
  return { name, in: 'query', description, schema }
}
