import { Liquid, LiquidError, type LiquidOptions, type Template } from 'liquidjs'
import { type TemplateError, templateErrorOf } from './liquid-errors.ts'

/** The values that a text can use: the client's fields, and attributes by name. */
export interface MergeValues {
  readonly name: string
  readonly phone: string
  readonly [attribute: string]: string
}

export interface TemplateProblem {
  readonly error: TemplateError
  /** In Liquid's own words. */
  readonly message: string
  /** 1-based. */
  readonly line: number
  readonly column: number
}

export interface CompiledText {
  /** True if the text is the same for every client. */
  readonly isStatic: boolean
  /** Names of the variables that the text uses, in order of appearance. */
  readonly variables: readonly string[]
  /** Variables that are used without a `default`: a client without a value gets a gap in the text. */
  readonly needed: readonly string[]
  /** Renders the text for a client. Throws an error if a filter or limit fails. `templateErrorOf` converts it. */
  render(values: MergeValues): string
}

export type CompileResult =
  | { readonly ok: true; readonly text: CompiledText }
  | { readonly ok: false; readonly problem: TemplateProblem }

/**
 * Tags for output, conditions and comments. There are no partials or layouts. There are no loops either: a client has no lists, and one
 * wrong loop would delay all sending.
 */
const allowedTags = new Set(['assign', 'capture', 'case', 'comment', '#', 'echo', 'if', 'unless', 'raw'])

/** Limits of time and memory for a template. Partials and layouts are disabled. */
export const templateLimits = {
  cache: false,
  ownPropertyOnly: true,
  // An unknown filter is a parse error.
  strictFilters: true,
  templates: {},
  parseLimit: 100_000,
  // A last resort in wall-clock ms, high enough for a busy machine. Without loops, length and memory limit the cost.
  renderLimit: 2_000,
  memoryLimit: 100_000,
} as const satisfies LiquidOptions

/** Removes all other tags from a Liquid engine. */
export function allowOnlySimpleTags(liquid: Liquid): void {
  for (const name of Object.keys(liquid.tags)) if (!allowedTags.has(name)) delete liquid.tags[name]
}

const engine = new Liquid(templateLimits)
allowOnlySimpleTags(engine)

/** The maximum length of a rendered text, in UTF-16 units. */
export const maxTextLength = 10_000

/** Parses a Liquid text. The result renders it for each client. */
export function compileText(source: string): CompileResult {
  let parsed: Template[]
  let variables: string[]
  let needed: string[]
  try {
    parsed = engine.parse(source)
    variables = namesIn(parsed)
    needed = namesIn(engine.parse(source.replace(outputsWithDefault, '')))
  } catch (error) {
    return { ok: false, problem: templateProblemOf(error) }
  }
  const isStatic = !source.includes('{{') && !source.includes('{%')
  return {
    ok: true,
    text: {
      isStatic,
      variables,
      needed,
      render(values) {
        if (isStatic) return source
        const rendered = String(engine.renderSync(parsed, values))
        if (rendered.length > maxTextLength)
          throw new Error(`the rendered text is longer than ${maxTextLength} characters`)
        return rendered
      },
    },
  }
}

const outputsWithDefault = /\{\{(?:(?!\}\}).)*\|\s*default\s*:(?:(?!\}\}).)*\}\}/gs

function namesIn(templates: Template[]): string[] {
  return [...new Set(engine.globalVariablesSync(templates))]
}

/** Returns the position and the message of a parse error. */
export function templateProblemOf(error: unknown): TemplateProblem {
  const message = (error instanceof Error ? error.message : String(error)).replace(/, line:\d+.*$/s, '')
  const problem = { error: templateErrorOf(message), message }
  if (!LiquidError.is(error)) return { ...problem, line: 1, column: 1 }
  const [line, column] = error.token.getPosition()
  return { ...problem, line: line ?? 1, column: column ?? 1 }
}
