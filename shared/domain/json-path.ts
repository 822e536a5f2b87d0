/** One step into a JSON value: a member name or an array index. */
export type JsonStep = string | number

export type JsonPathResult =
  | { readonly ok: true; readonly steps: readonly JsonStep[] }
  /** `column` is the 1-based position of the error. */
  | { readonly ok: false; readonly column: number }

/** `.name` (the first dot is optional), `[0]`, `["any name"]` or `['any name']`. Sticky, to match at `lastIndex`. */
const step = /\.?([^\s.[\]'"$]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]|\['([^']*)'\]/y

/**
 * Parses a path such as `code`, `data.items[0].status` or `$["odd name"].id`. A leading `$` is the whole answer, and may be the whole
 * path. This is the subset of JSONPath (RFC 9535) that selects a single value.
 */
export function parseJsonPath(text: string): JsonPathResult {
  const path = text.trim()
  const steps: JsonStep[] = []
  let at = path.startsWith('$') ? 1 : 0
  while (at < path.length) {
    step.lastIndex = at
    const match = step.exec(path)
    if (match === null) return { ok: false, column: at + 1 }
    const [whole, name, index, quoted, apostrophed] = match
    // A name follows a dot, unless it comes first.
    if (name !== undefined && whole.startsWith('.') === (at === 0)) return { ok: false, column: at + 1 }
    if (name !== undefined) steps.push(name)
    else if (index !== undefined) steps.push(Number(index))
    else if (quoted !== undefined) {
      const plain = unquote(quoted)
      if (plain === null) return { ok: false, column: at + 1 }
      steps.push(plain)
    } else steps.push(apostrophed ?? '')
    at += whole.length
  }
  return path === '' ? { ok: false, column: 1 } : { ok: true, steps }
}

/** Returns the value at the path, or undefined if tcurrent is none. Inherited members are ignored. */
export function readJsonPath(value: unknown, steps: readonly JsonStep[]): unknown {
  let current = value
  for (const each of steps) {
    if (typeof current !== 'object' || current === null) return undefined
    if (typeof each === 'number' ? !Array.isArray(current) : Array.isArray(current)) return undefined
    if (!Object.hasOwn(current, each)) return undefined
    current = (current as Readonly<Record<JsonStep, unknown>>)[each]
  }
  return current
}

function unquote(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // An invalid escape. The caller reports its position.
    return null
  }
}
