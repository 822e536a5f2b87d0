/** So many characters in a row are no chance: they are a piece of the text. */
const telling = 8

/**
 * Takes out of a gateway's words what they repeat of the text that it was sent, whole or in part, so that the rest can stand in
 * a log. Spelt as JSON spells it or as it is, with any white space.
 */
export function withoutText(words: string, text: string): string {
  const sent = plain(text)
  const said = plain(words)
  const length = Math.min(telling, sent.length)
  if (length === 0) return said
  let kept = ''
  for (let at = 0; at < said.length; ) {
    let end = at + length
    if (end > said.length || !sent.includes(said.slice(at, end))) {
      kept += said.charAt(at)
      at += 1
      continue
    }
    while (end < said.length && sent.includes(said.slice(at, end + 1))) end += 1
    if (!kept.endsWith('<text>')) kept += '<text>'
    at = end
  }
  return kept
}

const escapes: Readonly<Record<string, string>> = { n: ' ', r: ' ', t: ' ', '"': '"', '/': '/', '\\': '\\' }

function plain(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([nrt"/\\])/g, (_, letter: string) => escapes[letter] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}
