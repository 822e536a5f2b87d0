import Papa from 'papaparse'

/** A record of the file. `line` is its first line. `broken` means that its quotation marks are not balanced, or that it is too long. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly broken: boolean
}

/** Returns whether a row has a non-blank cell. */
export function hasContent(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '')
}

export interface RowReader {
  /** Returns the rows that are complete now. `isLast` marks the last text of the file. */
  read(text: string, isLast: boolean): CsvRow[]
}

/** A longer record is an unclosed quotation mark, or not CSV. */
const maxRowLength = 100_000

/** Returns a reader of chunked text with `\n` line ends. Line numbers start at 1 and count lines inside quotes. */
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

  /** Recovers from an unclosed quotation mark: reads its lines literally, and marks those with quotes as broken. */
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
      if (rest.length > maxRowLength) rows.push(...recover(isLast))
      if (rest.length > maxRowLength) {
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
