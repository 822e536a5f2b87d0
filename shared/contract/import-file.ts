import * as z from 'zod'
import { type ColumnTarget, columnTargets } from '../domain/import-columns.ts'
import { type Delimiter, encodings } from '../domain/table-file.ts'
import type { AppErrorCode } from '../errors/app-error.ts'
import { procedure } from './errors.ts'
import { onKnownChoices, wholeImportReportSchema } from './import.ts'
import { booleanParameter, choiceParameter, listParameter, parameters, textParameter } from './query-parameters.ts'

/** Separators by name: a tab cannot be typed in a URL. */
const delimitersByName = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const satisfies Record<
  string,
  Delimiter
>
const delimiterNames = ['comma', 'semicolon', 'tab', 'bar'] as const

/** Shorter spellings of some fields. */
const aliases = { tag: 'tags', code: 'operatorCode', timezone: 'timeZone' } as const
type Spelling = ColumnTarget | keyof typeof aliases

const spellings = new Map<string, ColumnTarget>([
  ...columnTargets.map((field) => [field, field] as const),
  ...Object.entries(aliases),
])

const titleParameters = Object.fromEntries(
  [...spellings].map(([name, field]) => [
    name,
    textParameter(name === field ? `Title of the column that holds ${field}` : `The same as ${field}`),
  ]),
) as Record<Spelling, ReturnType<typeof textParameter>>

/** The query of an import: titles of columns by field, titles to ignore, and how to read the file. */
export const importQuerySchema = parameters({
  ...titleParameters,
  ignore: listParameter('Titles of columns to leave out, separated by commas'),
  onKnown: choiceParameter('What to do with a phone that the directory already has', onKnownChoices).default('update'),
  dryRun: booleanParameter('Returns the report that the import would give, and changes nothing'),
  sheet: textParameter('Sheet of a workbook; the first one unless given'),
  encoding: choiceParameter('Encoding of a CSV file; detected unless given', encodings).optional(),
  delimiter: choiceParameter(
    'Character between the cells of a CSV file; detected unless given',
    delimiterNames,
  ).optional(),
}).transform(({ ignore, onKnown, dryRun, sheet, encoding, delimiter, ...titles }, context) => {
  const fields = new Map<ColumnTarget, string>()
  for (const [name, title] of Object.entries(titles)) {
    const field = spellings.get(name)
    if (field === undefined || typeof title !== 'string') continue
    if (fields.has(field))
      context.addIssue({ code: 'custom', path: [name], message: 'parameter_twice' satisfies AppErrorCode })
    fields.set(field, title)
  }
  return {
    fields,
    ignored: ignore ?? [],
    options: {
      onKnown,
      dryRun,
      sheet,
      encoding,
      delimiter: delimiter === undefined ? undefined : delimitersByName[delimiter],
    },
  }
})

export type ImportQuery = z.output<typeof importQuerySchema>

/** `clients.import` as one REST request: the body is the file, the answer the whole report. */
export const importFileProcedure = procedure
  .route({
    method: 'POST',
    path: '/clients/import',
    operationId: 'clients.import',
    inputStructure: 'detailed',
    summary: 'Import clients from CSV or XLSX',
    description: [
      'The body is the file itself, with any content type, or a form with one file: `curl --data-binary @clients.csv`.',
      'Columns are guessed from the header unless the query names them: `?phone=Mobile&name=Full%20name&ignore=Notes`.',
      'Other columns become attributes. The import is all or nothing: a request that is aborted changes nothing.',
    ].join(' '),
    tags: ['Clients'],
    spec: (operation) => ({
      ...operation,
      requestBody: {
        required: true,
        content: {
          'text/csv': {
            schema: { type: 'string' },
            example: 'phone,name,tags,timezone\n+7 900 123-45-67,Anna,vip;moscow,Europe/Moscow\n',
          },
        },
      },
    }),
  })
  .input(z.object({ query: importQuerySchema, body: z.file() }))
  .output(wholeImportReportSchema)
