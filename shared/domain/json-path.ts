/** One step into a JSON value: the name of a member, or the place in a list. */
export type JsonStep = string | number

export type JsonPathResult =
  | { readonly ok: true; readonly steps: readonly JsonStep[] }
  /** `column` is 1-based: where the path stops making sense. */
  | { readonly ok: false; readonly column: number }

/** `.name` (the dot may be missing at the very beginning), `[0]`, `["any name"]` or `['any name']`; sticky, so that it reads on from where it stands. */
const step = /\.?([^\s.[\]'"$]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]|\['([^']*)'\]/y

/**
 * Reads a path such as `code`, `data.items[0].status` or `$["odd name"].id`; a leading `$` means the whole answer and may stand
 * alone. A small part of JSONPath (RFC 9535): steps of one name or place, and nothing that could find several values.
 */
export function parseJsonPath(text: string): JsonPathResult {
  const path = text.trim()
  const steps: JsonStep[] = []
  let at = path.startsWith('$') ? 1 : 0
  while (at < path.length) {
    step.lastIndex = at
    const match = step.exec(path)
    if (match === null) return { ok: false, column: at + 1 }
    const [whole, name, place, quoted, apostrophed] = match
    // A name follows a dot, unless it is the very first thing.
    if (name !== undefined && whole.startsWith('.') === (at === 0)) return { ok: false, column: at + 1 }
    if (name !== undefined) steps.push(name)
    else if (place !== undefined) steps.push(Number(place))
    else if (quoted !== undefined) {
      const plain = unquote(quoted)
      if (plain === null) return { ok: false, column: at + 1 }
      steps.push(plain)
    } else steps.push(apostrophed ?? '')
    at += whole.length
  }
  return path === '' ? { ok: false, column: 1 } : { ok: true, steps }
}

/** What stands at the path; undefined when there is no such place. Only a value's own members count. */
export function readJsonPath(value: unknown, steps: readonly JsonStep[]): unknown {
  let here = value
  for (const each of steps) {
    if (typeof here !== 'object' || here === null) return undefined
    if (typeof each === 'number' ? !Array.isArray(here) : Array.isArray(here)) return undefined
    if (!Object.hasOwn(here, each)) return undefined
    here = (here as Readonly<Record<JsonStep, unknown>>)[each]
  }
  return here
}

function unquote(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // An escape that JSON does not know: the caller says where it stands.
    return null
  }
}
