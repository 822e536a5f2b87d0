/**
 * An address as it may stand in a log: in one line, cut to a sane length, and without the parts that can hold secrets, which are
 * credentials, query, fragment, and whatever a scheme without a host carries (`data:`, `javascript:`, `blob:`).
 */
export function addressInLog(address: string): string {
  const place = address.split(/[?#]/, 1)[0] ?? ''
  const content = /^([a-z][a-z\d+.-]*:)(?![/\\]{2})/i.exec(place)
  const shown = content === null ? place.replace(/^([^/\\]*[/\\]+)[^/\\]*@/, '$1…@') : `${content[1]}…`
  return shown.slice(0, 200).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
}
