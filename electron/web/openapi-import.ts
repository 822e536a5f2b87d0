import type { OpenAPI } from '@orpc/contract'
import { columnTargets } from '#shared/domain/import-columns.ts'

/** How `POST /clients/import` is described: it takes a bare CSV file, which the contract's own call wraps in a form. */
export const importOperation: OpenAPI.OperationObject = {
  operationId: 'clients.import',
  tags: ['Clients'],
  summary: 'Import clients from CSV',
  description: [
    'The body is the file itself, whatever its content type, or a form with one file: `curl --data-binary @clients.csv`.',
    'Columns are guessed from the header unless the query names them: `?phone=Mobile&name=Full%20name&ignore=Notes`.',
    'Columns that are nothing else become attributes.',
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
    {
      name: 'onKnown',
      in: 'query',
      description: 'What to do with a phone that the directory has already',
      schema: { type: 'string', enum: ['update', 'skip'], default: 'update' },
    },
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
