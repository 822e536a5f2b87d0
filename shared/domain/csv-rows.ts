import Papa from 'papaparse'

/** One record of the file. `line` is where it begins; `broken` says that its quotation marks do not pair, or that it never ends. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly broken: boolean
}

/** Whether a line says anything at all. */
export function hasContent(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '')
}

export interface RowReader {
  /** The rows that are complete now; `isLast` says that no text comes after this. */
  read(text: string, isLast: boolean): CsvRow[]
}

/** A record longer than this is none: a quotation mark that nobody closed, or a file of another kind. */
const longestRow = 100_000

/** Makes records of text that comes in pieces with `\n` as its line end. Line numbers begin at 1 and count lines inside quotes. */
export function createRowReader(delimiter: string): RowReader {
  const careful = new Papa.Parser({ delimiter, newline: '\n' })
  const literal = new Papa.Parser({ delimiter, newline: '\n', fastMode: true })
  let rest = ''
  let line = 1
  let isSkipping = false

  function parse(parser: Papa.Parser, text: string, isLast: boolean): { rows: CsvRow[]; taken: number } {
    const { data, errors, meta } = parser.parse(text, 0, !isLast) as Papa.ParseResult<string[]>
    const broken = new Set(errors.map((error) => error.row))
    const hasQuotes = parser === careful && text.includes('"')
    const rows = data.map((cells, index) => {
      const row = { line, cells, broken: broken.has(index) }
      line += 1 + (hasQuotes ? countLineEnds(cells) : 0)
      return row
    })
    return { rows, taken: isLast ? text.length : meta.cursor }
  }

  /** Takes an unclosed quotation mark out of the way: its lines are read as they stand, and those with quotes are broken. */
  function recover(isLast: boolean): CsvRow[] {
    const { rows, taken } = parse(literal, rest, isLast)
    rest = rest.slice(taken)
    return rows.map((row) => ({ ...row, broken: row.cells.some((cell) => cell.includes('"')) }))
  }

  return {
    read(text, isLast) {
      rest += isSkipping ? afterLine(text) : text
      isSkipping = isSkipping && rest === ''
      const { rows, taken } = parse(careful, rest, false)
      rest = rest.slice(taken)
      if (rest.length > longestRow) rows.push(...recover(isLast))
      if (rest.length > longestRow) {
        rows.push({ line, cells: [rest.slice(0, 200)], broken: true })
        line += 1
        rest = ''
        isSkipping = true
      }
      if (!isLast || rest === '') return rows
      const before = line
      const end = parse(careful, rest, true)
      if (!end.rows.some((row) => row.broken)) return [...rows, ...end.rows]
      line = before
      return [...rows, ...recover(true)]
    },
  }
}

function afterLine(text: string): string {
  const end = text.indexOf('\n')
  return end === -1 ? '' : text.slice(end + 1)
}

function countLineEnds(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count += 1
  }
  return count
}
