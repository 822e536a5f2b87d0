const maxNameLength = 60
/** A template tag. An unclosed one extends to the end. */
const tag = /\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/g

/** Returns the default name of a delivery: the beginning of its text, never cut inside a tag. */
export function nameFrom(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length === 0) return 'Untitled'
  if (line.length <= maxNameLength) return line
  const beginning = line
    .slice(0, cutOf(line))
    // Do not split a surrogate pair.
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
  return beginning.length === 0 ? 'Untitled' : `${beginning}…`
}

function cutOf(line: string): number {
  const cut = maxNameLength - 1
  const halved = [...line.matchAll(tag)].find((match) => match.index < cut && match.index + match[0].length > cut)
  return halved?.index ?? cut
}
