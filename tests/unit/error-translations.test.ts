import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { gatewayPatchSchema } from '#shared/contract/gateway.ts'
import { contract } from '#shared/contract/index.ts'
import { periodSchema } from '#shared/contract/reports.ts'
import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { compileText } from '#shared/domain/template.ts'
import {
  type AppError,
  type AppErrorCode,
  appErrorCodes,
  errorText,
  type SentError,
  sentError,
} from '#shared/errors/app-error.ts'
import { problemsWith } from '#tests/support/issues.ts'
import { translateError } from '../../renderer/api/error-translations.ts'

const folder = join(import.meta.dirname, '../../renderer/locales')
const languages = readdirSync(folder)
const textsOf = (language: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, language, 'errors.json'), 'utf8'))

/** Texts that belong to no code, and params that are no error's own. */
const frames = ['at_place']
const givenToAll = ['placeholder', 'line', 'column']

/** The names of the params that the English text of a code uses. */
function textParams(code: AppErrorCode): string[] {
  const used: string[] = []
  const params = new Proxy(
    {},
    {
      get(_target, name) {
        used.push(String(name))
        return []
      },
    },
  )
  errorText({ code, params } as AppError)
  return used
}

beforeAll(async () => {
  const resources = Object.fromEntries(languages.map((language) => [language, { errors: textsOf(language) }]))
  await i18next.init({ lng: 'ru', resources, interpolation: { escapeValue: false } })
})

const inRussian = (error: SentError) => translateError(error, i18next.getFixedT('ru', 'shell'))

describe.each(languages)('in %s', (language) => {
  test('every code of an error has a text, and every text a code', () => {
    expect(Object.keys(textsOf(language)).sort()).toEqual([...appErrorCodes, ...frames].sort())
  })

  test.each(appErrorCodes)('%s uses only params that it has', (code) => {
    const used = [...(textsOf(language)[code] ?? '').matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name)
    const known = [...textParams(code), ...givenToAll]
    expect(used.filter((name) => !known.includes(name))).toEqual([])
  })
})

describe('errors of the contract are translated for the user', () => {
  const input = (call: { '~orpc': { inputSchema?: unknown } }) => call['~orpc'].inputSchema as z.ZodType
  const { lock, backups, clients, settings } = contract
  test.each([
    ['a passphrase of no length', input(lock.unlock), { passphrase: '' }, 'empty'],
    ['an endless passphrase', input(lock.unlock), { passphrase: 'x'.repeat(1025) }, 'text_too_long'],
    ['a short new passphrase', input(lock.setPassphrase), { next: 'short' }, 'passphrase_too_short'],
    ['idleness of no time', input(lock.setIdle), { minutes: 0 }, 'too_small'],
    ['idleness of days', input(lock.setIdle), { minutes: 10_000 }, 'too_large'],
    ['half a minute', input(lock.setIdle), { minutes: 0.5 }, 'not_whole_number'],
    ['another file', input(backups.check), { name: 'herald.db' }, 'backup_name'],
    ['a feed that is not https', input(settings.update), { updateFeed: 'http://a.example' }, 'url_not_https'],
    ['an address with a login', gatewayPatchSchema, { url: 'https://me:secret@a.example' }, 'gateway_url_secrets'],
    ['six minutes for an answer', gatewayPatchSchema, { timeoutMs: 360_000 }, 'timeout_too_long'],
    ['a millisecond for an answer', gatewayPatchSchema, { timeoutMs: 1 }, 'timeout_too_short'],
    ['a token of two lines', gatewayPatchSchema, { token: 'a\nb' }, 'token_characters'],
    ['a change to nobody', input(clients.bulk), bulk({ ids: [] }, ['x']), 'selection_empty'],
    ['a change without a tag', input(clients.bulk), bulk({ ids: [1] }, []), 'tags_missing'],
    ['a period that ends before it starts', periodSchema, period('2026-02-01', '2026-01-01'), 'period_reversed'],
    ['a period of centuries', periodSchema, period('2001-01-01', '2026-01-01'), 'period_too_long'],
    ['a webhook without a status', gatewayPatchSchema, webhook({ success: rule([]) }), 'webhook_statuses_missing'],
    ['a status that is none', gatewayPatchSchema, webhook({ success: rule([999]) }), 'webhook_status'],
    ['a form of 51 fields', gatewayPatchSchema, webhook({ body: form(51) }), 'list_too_long'],
    [
      'an instant of antiquity',
      input(contract.journal.list),
      { since: '0001-01-01T00:00:00Z' },
      'instant_out_of_range',
    ],
    ['phones that are a number', input(clients.optOut), { phones: 5 }, 'phones_type'],
  ])('%s', (_what, schema, refused, code) => {
    const [problem] = problemsWith(schema, refused)
    expect(problem).toMatchObject({ code })
    if (problem !== undefined) expect(inRussian(sentError(problem))).toMatch(/^[^{]*[а-яё][^{]*$/i)
  })
})

function bulk(selection: object, tags: readonly string[]): object {
  return { selection: { kind: 'ids', ...selection }, change: { kind: 'addTags', tags } }
}

function period(since: string, until: string): object {
  return { since, until }
}

function webhook(part: object): object {
  return { webhook: { url: 'https://a.example', ...part } }
}

function rule(statuses: readonly unknown[]): object {
  return { statuses, json: null }
}

function form(count: number): object {
  return { format: 'form', fields: Array.from({ length: count }, (_, n) => ({ name: `f${n}`, value: '' })) }
}

describe('errors of a template are translated for the user', () => {
  const mistakes: readonly (readonly [source: string, code: string, words: RegExp])[] = [
    ['{{ name', 'template_output_open', /не закрыта/],
    ['{% if name', 'template_tag_open', /Блок не закрыт/],
    ['{% if name %}x', 'template_tag_open', /Блок не закрыт/],
    ['{% endif %}', 'template_tag_alone', /«endif»/],
    ['{% for n in (1..9) %}x{% endfor %}', 'template_tag_loop', /«for»/],
    ['{% include "x" %}', 'template_tag_elsewhere', /«include»/],
    ['{% wish %}', 'template_tag_unknown', /«wish»/],
    ['{% %}', 'template_tag_nameless', /нет имени блока/],
    ['{{ name | shout }}', 'template_filter_unknown', /«shout»/],
    ['{{ name | default "x" }}', 'template_filter_colon', /двоеточие/],
    ['{{ name default: "x" }}', 'template_filter_bar', /вертикальной черты/],
    ['{% if %}x{% endif %}', 'template_value_missing', /не хватает значения/],
    ['{{ name | default: “друг” }}', 'template_quotes', /“друг”/],
    ['{{ a[ }}', 'template_bracket_open', /Скобка/],
    ['{% assign a %}', 'template_assignment', /имя и значение/],
    ['{% capture %}x{% endcapture %}', 'template_assignment', /имя и значение/],
    ['x'.repeat(100_001), 'template_too_long', /слишком длинный/],
    [`{% if name %}${'x'.repeat(10_001)}{% endif %}`, 'template_result_too_long', /больше 10\s000 символов/],
    ['{{ (1..2 }}', 'template_not_understood', /invalid range syntax/],
  ]

  test.each(mistakes)('%.40s', (source, code, words) => {
    const error = mistakeIn(source)
    expect(error.code).toBe(code)
    expect(inRussian(sentError(error))).toMatch(words)
  })

  test('a limit that is exceeded during rendering is reported without a position', () => {
    expect(templateErrorOf('template render limit exceeded, line:1, col:25')).toEqual({
      code: 'template_too_costly',
      params: {},
    })
  })

  test('with its place, where it has one', () => {
    const error: SentError = { code: 'template_tag_open', params: { line: 2, column: 7 } }
    expect(inRussian(error)).toMatch(/^Строка 2, позиция 7: Блок не закрыт/)
  })
})

/** The mistake in a text, or in its rendering for one client. */
function mistakeIn(source: string) {
  const compiled = compileText(source)
  if (!compiled.ok) return compiled.problem.error
  try {
    return templateErrorOf(compiled.text.render({ name: 'Анна', phone: '79001234567' }))
  } catch (error) {
    return templateErrorOf((error as Error).message)
  }
}
