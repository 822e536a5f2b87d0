import { expect, test } from 'vitest'
import { mapNamedColumns } from '#electron/clients/import/named-columns.ts'
import { InvalidInputError } from '#electron/store/errors.ts'
import { importQuerySchema } from '#shared/contract/import-file.ts'
import { issueOf } from '#shared/errors/issue.ts'
import { problemsWith } from '#tests/support/issues.ts'

/** Reads a query as oRPC does: a repeated parameter becomes a list. */
function map(header: readonly string[], query: string) {
  const parameters = new URLSearchParams(query)
  const given = Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
  const read = importQuerySchema.safeParse(given)
  if (!read.success) return { issues: problemsWith(importQuerySchema, given).map(issueOf) }
  try {
    return { columns: mapNamedColumns(header, read.data) }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { issues: error.problems.map(issueOf) }
  }
}

const phone = { kind: 'field', field: 'phone' }
const tags = { kind: 'field', field: 'tags' }
const name = { kind: 'field', field: 'name' }
const ignored = { kind: 'ignored' }
const attribute = (title: string) => ({ kind: 'attribute', name: title })

test.each([
  ['what is not named is guessed', ['phone', 'name', 'City'], 'tags=City', [phone, name, tags]],
  ['a named field is not guessed again', ['phone', 'Mobile'], 'phone=Mobile', [attribute('phone'), phone]],
  ['titles are found whatever their case and rims', [' Телефон ', 'x'], 'phone=телефон', [phone, attribute('x')]],
  ['several columns are left out', ['phone', 'a', 'b', 'c'], 'ignore=a, b', [phone, ignored, ignored, attribute('c')]],
  ['a title may hold a comma', ['phone', 'a, b'], 'ignore=a, b', [phone, ignored]],
  ['short spellings do as well', ['Mobile', 'Labels'], 'phone=Mobile&tag=Labels', [phone, tags]],
])('%s', (_, header, query, columns) => {
  expect(map(header, query)).toEqual({ columns })
})

test.each([
  [['phone'], 'name=Title', 'name', 'the file has no column "Title"; it has "phone"'],
  [['a', 'b'], 'phone=a&name=a', 'name', 'the column "a" is named twice'],
  [['a'], 'phone=a&phone=b', 'phone', 'is given twice'],
  [['a'], 'sheet=x&sheet=y', 'sheet', 'is given twice'],
  [['a'], 'delimiter=;', 'delimiter', 'must be one of: comma, semicolon, tab, bar'],
  [['a'], 'dryRun=perhaps', 'dryRun', 'must be true or false'],
  [['a'], 'tags=a&tag=a', 'tag', 'is given twice'],
  [['a'], 'onKnown=maybe', 'onKnown', 'must be one of: update, skip, addTags, replaceTags'],
  [
    ['a'],
    'constructor=a',
    'constructor',
    'is not a known parameter: use phone, name, tags, operatorCode, timeZone, language, tag, code, timezone, ignore, onKnown, dryRun, sheet, encoding, delimiter',
  ],
])('of %j, %s is refused at %s: %s', (header, query, path, message) => {
  expect(map(header, query).issues).toMatchObject([{ path, message }])
})
