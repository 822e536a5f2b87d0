const longest = 60
/** A tag of the template; one not closed yet runs to the end. */
const tag = /\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/g

/** The name of a delivery that was given none: how its text begins, never cut inside a tag. */
export function nameFrom(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length === 0) return 'Untitled'
  if (line.length <= longest) return line
  const beginning = line
    .slice(0, cutOf(line))
    // The cut must not leave half of a character that takes two code units.
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
  return beginning.length === 0 ? 'Untitled' : `${beginning}…`
}

function cutOf(line: string): number {
  const cut = longest - 1
  const halved = [...line.matchAll(tag)].find((match) => match.index < cut && match.index + match[0].length > cut)
  return halved?.index ?? cut
}
