import type { AppError } from '../errors/app-error.ts'
import type { templateErrors } from '../errors/template-errors.ts'

export type TemplateError = AppError<keyof typeof templateErrors>

type Known = readonly [words: RegExp, error: (name: string) => TemplateError]

/** What Liquid and our limits say in English, each with its error. The first group, if any, is the name that it is about. */
const known: readonly Known[] = [
  [/^output .* not closed$/s, () => ({ code: 'template_output_open', params: {} })],
  [/^(?:tag|raw) .* not closed$/s, () => ({ code: 'template_tag_open', params: {} })],
  [/^tag "(end\w+|else|elsif|elseif|when)" not found$/, (name) => ({ code: 'template_tag_alone', params: { name } })],
  [
    /^tag "(for|tablerow|cycle|break|continue)" not found$/,
    (name) => ({ code: 'template_tag_loop', params: { name } }),
  ],
  [/^tag "(include|render|layout|block)" not found$/, (name) => ({ code: 'template_tag_elsewhere', params: { name } })],
  [/^tag "(.+)" not found$/s, (name) => ({ code: 'template_tag_unknown', params: { name } })],
  [/^illegal tag syntax/, () => ({ code: 'template_tag_nameless', params: {} })],
  [/^undefined filter: (.+)$/s, (name) => ({ code: 'template_filter_unknown', params: { name } })],
  [/^expected ":" after filter name$/, () => ({ code: 'template_filter_colon', params: {} })],
  [/^expected "\|" before filter$/, () => ({ code: 'template_filter_bar', params: {} })],
  [/^invalid value expression: ""$/, () => ({ code: 'template_value_missing', params: {} })],
  [/^invalid value expression: (.+)$/s, (name) => ({ code: 'template_value_wrong', params: { name } })],
  [/^unexpected character "([“”„«»‘’].*)"$/s, (name) => ({ code: 'template_quotes', params: { name } })],
  [/^unexpected (?:character|token):? (.+)$/s, (name) => ({ code: 'template_value_wrong', params: { name } })],
  [/^\[ not closed$|^unbalanced/, () => ({ code: 'template_bracket_open', params: {} })],
  [
    /^expected "="$|^expected variable name$|^invalid capture name$/,
    () => ({ code: 'template_assignment', params: {} }),
  ],
  [/^duplicated else$/, () => ({ code: 'template_else_twice', params: {} })],
  [/^parse length limit exceeded$/, () => ({ code: 'template_too_long', params: {} })],
  [/^(?:template render|memory alloc) limit exceeded$/, () => ({ code: 'template_too_costly', params: {} })],
  [
    /^the rendered text is longer than (\d+) characters$/,
    (max) => ({ code: 'template_result_too_long', params: { max: Number(max) } }),
  ],
  [/^the text is empty for this client$/, () => ({ code: 'template_result_empty', params: {} })],
]

/**
 * The error that Liquid's message means. The library has no codes, and messages of failed texts are stored as it said them;
 * an unknown message is kept as `said`.
 */
export function templateErrorOf(message: string): TemplateError {
  // While rendering, the engine adds where it was in the template.
  const said = message.replace(/, line:\d+.*$/s, '')
  for (const [words, error] of known) {
    const match = words.exec(said)
    if (match !== null) return error(match[1] ?? '')
  }
  return { code: 'template_not_understood', params: { said } }
}

/** The error with its place in the template; both count from 1. */
export function atPlace(
  error: TemplateError,
  place: { readonly line: number; readonly column: number },
): TemplateError {
  const { line, column } = place
  // Any kind of template error may have a place.
  return { ...error, params: { ...error.params, line, column } } as TemplateError
}
