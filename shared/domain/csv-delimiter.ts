import Papa from 'papaparse'
import { type Delimiter, delimiters } from './table-file.ts'

/** A header longer than this is none. */
const longestHeader = 100_000

/** The character between cells, judged by the header alone: any other line may be broken. A comma when nothing speaks for another. */
export function guessDelimiter(beginning: string): Delimiter {
  const { meta } = Papa.parse(headerOf(beginning), {
    preview: 1,
    newline: '\n',
    delimitersToGuess: [...delimiters],
  })
  return delimiters.find((delimiter) => delimiter === meta.delimiter) ?? ','
}

/** The first lines that hold anything, until their quotation marks pair; the very first of them when they never do. */
function headerOf(beginning: string): string {
  const text = beginning.slice(/[^\s,;|]/.exec(beginning)?.index ?? 0, longestHeader)
  let end = lineEnd(text, 0)
  while (end < text.length && !hasPairedQuotes(text.slice(0, end))) end = lineEnd(text, end + 1)
  const header = text.slice(0, end)
  return hasPairedQuotes(header) ? header : text.slice(0, lineEnd(text, 0))
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function hasPairedQuotes(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 0
}
