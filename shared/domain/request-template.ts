import { Context, type Emitter, Liquid, LiquidError, type Template, toValueSync, type Variable } from 'liquidjs'
import type { AppError } from '../errors/app-error.ts'
import { CodedError } from '../errors/coded-error.ts'
import { atPlace, templateErrorOf } from './liquid-errors.ts'
import { allowOnlySimpleTags, templateLimits, templateProblemOf } from './template.ts'

/** The values that the templates of a request can use. */
export interface RequestValues {
  readonly message: { readonly id: number; readonly phone: string; readonly text: string }
  /** The client's merge values: fields and attributes by their names. */
  readonly client: Readonly<Record<string, string>>
  readonly delivery: { readonly id: number; readonly name: string }
  readonly token: string
}

/** The part of the request that a template makes. It decides how values are encoded. */
export type TemplatePlace = 'url' | 'plain' | 'json'

export interface RequestTemplate {
  readonly usesToken: boolean
  /** Throws an error if a filter or limit fails. `renderErrorOf` converts it to one without values. */
  render(values: RequestValues): string
}

export type RequestTemplateResult =
  | { readonly ok: true; readonly template: RequestTemplate }
  | { readonly ok: false; readonly error: AppError }

/** JSON made by the `json` filter. It must not be quoted again. */
class JsonText {
  readonly json: string

  constructor(json: string) {
    this.json = json
  }

  toString(): string {
    return this.json
  }
}

/** A value to insert into a request, distinct from the template's own text until it is encoded. */
class Inserted {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  /** Inside `{% capture %}` a value is not encoded: it is encoded where the captured text is inserted. */
  toString(): string {
    return plainText(this.value)
  }
}

const engine = new Liquid({
  ...templateLimits,
  // The library expects a string; our emitter accepts the value itself.
  outputEscape: (value: unknown) => new Inserted(value) as unknown as string,
})
allowOnlySimpleTags(engine)
// The `raw` filter must not bypass the encoding.
engine.registerFilter('raw', (value: unknown) => value)
engine.registerFilter('json', (value: unknown) => new JsonText(jsonOf(value)))

/** Parses a template of a request. The result renders it for each message. */
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

/** Known names by root. A client's attributes are not known in advance. */
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
  return new EncodingEmitter(place === 'url' ? (text) => encodeURIComponent(text.toWellFormed()) : (text) => text)
}

class EncodingEmitter implements Emitter {
  buffer = ''
  readonly #encode: (text: string) => string

  constructor(encode: (text: string) => string) {
    this.#encode = encode
  }

  write(part: unknown): void {
    this.buffer += part instanceof Inserted ? this.#encode(plainText(part.value)) : String(part)
  }
}

/**
 * Tracks whether the output is inside a JSON string. There a value is escaped; elsewhere it is a JSON value. So no value can end the
 * string that contains it.
 */
class JsonEmitter implements Emitter {
  buffer = ''
  #inString = false
  #escaping = false

  write(part: unknown): void {
    if (part instanceof Inserted) {
      if (this.#escaping) throw new CodedError({ code: 'webhook_backslash' })
      this.buffer += this.#inString ? JSON.stringify(plainText(part.value)).slice(1, -1) : jsonOf(part.value)
      return
    }
    const text = String(part)
    this.buffer += text
    for (const letter of text) {
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
