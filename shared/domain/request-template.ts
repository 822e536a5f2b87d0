import { Context, type Emitter, Liquid, LiquidError, type Template, toValueSync, type Variable } from 'liquidjs'
import type { AppError } from '../errors/app-error.ts'
import { CodedError } from '../errors/coded-error.ts'
import { atPlace, templateErrorOf } from './liquid-errors.ts'
import { allowOnlySimpleTags, templateLimits, templateProblemOf } from './template.ts'

/** What the templates of a request may refer to. */
export interface RequestValues {
  readonly message: { readonly id: number; readonly phone: string; readonly text: string }
  /** The client's name and phone, and every attribute by its name. */
  readonly client: { readonly name: string; readonly phone: string; readonly [attribute: string]: string }
  readonly delivery: { readonly id: number; readonly name: string }
  readonly token: string
}

/** Where a template stands decides how the values in it are spelt. */
export type TemplatePlace = 'url' | 'plain' | 'json'

export interface RequestTemplate {
  readonly usesToken: boolean
  /** Throws when a filter or limit fails; `renderErrorOf` turns the error into one that names no value. */
  render(values: RequestValues): string
}

export type RequestTemplateResult =
  | { readonly ok: true; readonly template: RequestTemplate }
  | { readonly ok: false; readonly error: AppError }

/** JSON that the `json` filter made: it is a value already and must not become text in quotation marks. */
class JsonText {
  readonly json: string

  constructor(json: string) {
    this.json = json
  }

  toString(): string {
    return this.json
  }
}

/** A value on its way into a request, told apart from the template's own words until it is spelt for its place. */
class Inserted {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  /** Inside `{% capture %}` a value has no place yet: it is spelt where the captured text is inserted. */
  toString(): string {
    return plainText(this.value)
  }
}

const engine = new Liquid({
  ...templateLimits,
  // The library wants a string of its own emitter; ours takes the value as it is.
  outputEscape: (value: unknown) => new Inserted(value) as unknown as string,
})
allowOnlySimpleTags(engine)
// No value may pass for the template's own words.
engine.registerFilter('raw', (value: unknown) => value)
engine.registerFilter('json', (value: unknown) => new JsonText(jsonOf(value)))

/** Parses one template of a request once for all messages. */
export function compileRequestTemplate(source: string, place: TemplatePlace): RequestTemplateResult {
  let parsed: Template[]
  let variables: Variable[]
  try {
    parsed = engine.parse(source)
    variables = Object.values(engine.analyzeSync(parsed).globals).flat()
  } catch (error) {
    const { error: problem, ...place } = templateProblemOf(error)
    return { ok: false, error: atPlace(problem, place) }
  }
  const unknown = variables.find((variable) => !isKnown(variable))
  if (unknown !== undefined) return { ok: false, error: unknownVariable(unknown) }
  const isStatic = !source.includes('{{') && !source.includes('{%')
  return {
    ok: true,
    template: {
      usesToken: variables.some(({ segments: [root] }) => root === 'token'),
      render(values) {
        if (isStatic) return source
        const context = new Context(values, engine.options, { sync: true }, { liquid: engine })
        return String(toValueSync(engine.renderer.renderTemplates(parsed, context, emitterFor(place))))
      },
    },
  }
}

/** The names that are always there; a client's attributes cannot be known beforehand. */
const known: Readonly<Record<string, readonly string[] | null>> = {
  message: ['id', 'phone', 'text'],
  client: null,
  delivery: ['id', 'name'],
  token: [],
}

function isKnown({ segments: [root, field] }: Variable): boolean {
  if (typeof root !== 'string' || !Object.hasOwn(known, root)) return false
  const fields = known[root]
  return fields === null || fields === undefined || field === undefined || fields.includes(String(field))
}

function unknownVariable({ segments, location }: Variable): AppError {
  const name = segments.slice(0, 2).map(String).join('.')
  return {
    code: 'webhook_variable_unknown',
    params: { name, line: location.row, column: location.col },
  }
}

/** Why a template of a request could not be rendered. */
export function renderErrorOf(error: unknown): AppError {
  // Liquid wraps what is thrown while it renders.
  const cause = LiquidError.is(error) ? error.originalError : error
  if (cause instanceof CodedError) return cause.error
  return templateErrorOf(error instanceof Error ? error.message : String(error))
}

function emitterFor(place: TemplatePlace): Emitter {
  if (place === 'json') return new JsonEmitter()
  return new SpellingEmitter(place === 'url' ? (text) => encodeURIComponent(text.toWellFormed()) : (text) => text)
}

class SpellingEmitter implements Emitter {
  buffer = ''
  readonly #spell: (text: string) => string

  constructor(spell: (text: string) => string) {
    this.#spell = spell
  }

  write(piece: unknown): void {
    this.buffer += piece instanceof Inserted ? this.#spell(plainText(piece.value)) : String(piece)
  }
}

/**
 * Knows whether it stands inside a string of the JSON that it writes: there a value goes in escaped, elsewhere as a JSON
 * value of its own. Whatever a value holds, it can not end the string it stands in.
 */
class JsonEmitter implements Emitter {
  buffer = ''
  #inString = false
  #escaping = false

  write(piece: unknown): void {
    if (piece instanceof Inserted) {
      if (this.#escaping) throw new CodedError({ code: 'webhook_backslash' })
      this.buffer += this.#inString ? JSON.stringify(plainText(piece.value)).slice(1, -1) : jsonOf(piece.value)
      return
    }
    const words = String(piece)
    this.buffer += words
    for (const letter of words) {
      if (this.#escaping) this.#escaping = false
      else if (letter === '"') this.#inString = !this.#inString
      else if (letter === '\\') this.#escaping = this.#inString
    }
  }
}

function plainText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof JsonText) return value.json
  return typeof value === 'object' ? jsonOf(value) : String(value)
}

function jsonOf(value: unknown): string {
  if (value instanceof JsonText) return value.json
  return JSON.stringify(value) ?? 'null'
}
