/** The console's own scheme: a real origin for the browser that serves nothing but our files. */
export const consoleScheme = 'herald'
export const consoleHost = 'console'
export const ownConsoleUrl = `${consoleScheme}://${consoleHost}/`

/** Whether an address or an origin is the console's. `consoleUrl` differs only while a development server serves it. */
export function belongsToConsole(address: string, consoleUrl: string): boolean {
  // `URL.origin` is "null" for a scheme that Node does not know, so scheme and host are compared.
  if (!URL.canParse(address)) return false
  const found = new URL(address)
  const wanted = new URL(consoleUrl)
  return found.protocol === wanted.protocol && found.host === wanted.host
}

/**
 * Returns an address in a form that is safe to log: one line, at most 200 characters, and without the parts that can
 * hold secrets. These are credentials, query, fragment, and the content of schemes without a host (`data:`, `blob:`).
 */
export function addressInLog(address: string): string {
  const location = address.split(/[?#]/, 1)[0] ?? ''
  const withoutHost = /^([a-z][a-z\d+.-]*:)(?![/\\]{2})/i.exec(location)
  const shown = withoutHost === null ? location.replace(/^([^/\\]*[/\\]+)[^/\\]*@/, '$1…@') : `${withoutHost[1]}…`
  return shown.slice(0, 200).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
}
