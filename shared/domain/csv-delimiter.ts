import Papa from 'papaparse'
import { type Delimiter, delimiters } from './table-file.ts'

/** The maximum length of a header. */
const maxHeaderLength = 100_000

/** Guesses the delimiter from the header only, since other lines may be malformed. Defaults to a comma. */
export function guessDelimiter(beginning: string): Delimiter {
  const { meta } = Papa.parse(headerOf(beginning), {
    preview: 1,
    newline: '\n',
    delimitersToGuess: [...delimiters],
  })
  return delimiters.find((delimiter) => delimiter === meta.delimiter) ?? ','
}

/** Returns the first non-blank lines up to balanced quotation marks, or only the first line if they are never balanced. */
function headerOf(beginning: string): string {
  const text = beginning.slice(/[^\s,;|]/.exec(beginning)?.index ?? 0, maxHeaderLength)
  let end = lineEnd(text, 0)
  while (end < text.length && !hasBalancedQuotes(text.slice(0, end))) end = lineEnd(text, end + 1)
  const header = text.slice(0, end)
  return hasBalancedQuotes(header) ? header : text.slice(0, lineEnd(text, 0))
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function hasBalancedQuotes(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 0
}
