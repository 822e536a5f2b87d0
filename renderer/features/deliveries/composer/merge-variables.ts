/** A name that Liquid accepts as it is; any other name goes into brackets. */
const plainName = /^[\p{L}_][\p{L}\p{N}_-]*$/u

/** The placeholder of a client's field or attribute. */
export function placeholderFor(variable: string): string {
  if (plainName.test(variable)) return `{{ ${variable} }}`
  const quote = variable.includes('"') ? "'" : '"'
  return `{{ [${quote}${variable}${quote}] }}`
}

/** Replaces the selection of a text by `piece`. Returns the new text and the cursor position after the piece. */
export function insertAt(
  text: string,
  from: number,
  to: number,
  piece: string,
): { readonly text: string; readonly cursor: number } {
  return { text: text.slice(0, from) + piece + text.slice(to), cursor: from + piece.length }
}

/** The line of a text around a problem, shortened to fit, and the problem's offset in the whole text. */
export function lineAt(
  text: string,
  line: number,
  column: number,
): { readonly before: string; readonly after: string; readonly offset: number } {
  const lines = text.split('\n')
  const row = lines[line - 1] ?? ''
  const offset = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
  const at = Math.max(0, Math.min(column - 1, row.length))
  const from = at > 40 ? at - 36 : 0
  const to = Math.min(row.length, at + 40)
  return {
    before: (from > 0 ? '…' : '') + row.slice(from, at),
    after: row.slice(at, to) + (to < row.length ? '…' : ''),
    offset: Math.min(offset, text.length),
  }
}
