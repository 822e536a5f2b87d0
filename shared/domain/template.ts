import { Liquid, LiquidError, type LiquidOptions, type Template } from 'liquidjs'
import { type TemplateError, templateErrorOf } from './liquid-errors.ts'

/** What a text may refer to: the client's own fields, and every attribute by its name. */
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
  /** True when the text is the same for every client. */
  readonly isStatic: boolean
  /** Names of the variables that the text uses, in their order of appearance. */
  readonly variables: readonly string[]
  /** Those of them that leave a gap where a client has nothing under them: somewhere they stand without a `default`. */
  readonly needed: readonly string[]
  /** The text for one client. Throws when a filter or limit fails; `templateErrorOf` reads the message. */
  render(values: MergeValues): string
}

export type CompileResult =
  | { readonly ok: true; readonly text: CompiledText }
  | { readonly ok: false; readonly problem: TemplateProblem }

/**
 * What a text may do: say values, choose, and keep notes. No partials or layouts from anywhere; and no loops, for there is
 * nothing to go through and one mistaken loop, rendered for everybody, would hold up all sending.
 */
const allowedTags = new Set(['assign', 'capture', 'case', 'comment', '#', 'echo', 'if', 'unless', 'raw'])

/** Hard limits on what one template may cost, and no partials or layouts from anywhere. */
export const templateLimits = {
  cache: false,
  ownPropertyOnly: true,
  // A misspelt filter is a parse error, not a text that goes out without it.
  strictFilters: true,
  templates: {},
  parseLimit: 100_000,
  // The last resort, by the clock on the wall: so wide that a busy machine fails nobody's message. Without loops, length and memory bound the cost.
  renderLimit: 2_000,
  memoryLimit: 100_000,
} as const satisfies LiquidOptions

/** Takes away from an engine every tag that a text may not use. */
export function allowOnlySimpleTags(liquid: Liquid): void {
  for (const name of Object.keys(liquid.tags)) if (!allowedTags.has(name)) delete liquid.tags[name]
}

const engine = new Liquid(templateLimits)
allowOnlySimpleTags(engine)

/** The longest rendered text that goes out, in UTF-16 units. */
export const maxTextLength = 10_000

/** Parses a Liquid text once for all clients. */
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

/** Where a template does not parse, and why. */
export function templateProblemOf(error: unknown): TemplateProblem {
  const message = (error instanceof Error ? error.message : String(error)).replace(/, line:\d+.*$/s, '')
  const problem = { error: templateErrorOf(message), message }
  if (!LiquidError.is(error)) return { ...problem, line: 1, column: 1 }
  const [line, column] = error.token.getPosition()
  return { ...problem, line: line ?? 1, column: column ?? 1 }
}
