/** The console's own scheme: a real origin for the browser, with nothing but our files behind it. */
export const consoleScheme = 'herald'
export const consoleHost = 'console'
export const ownConsoleUrl = `${consoleScheme}://${consoleHost}/`

/** Whether an address or an origin is the console's own. `consoleUrl` is another only while a developer's server serves it. */
export function belongsToConsole(address: string, consoleUrl: string): boolean {
  // `URL.origin` is "null" for a scheme that Node does not know, so the parts are compared.
  if (!URL.canParse(address)) return false
  const found = new URL(address)
  const wanted = new URL(consoleUrl)
  return found.protocol === wanted.protocol && found.host === wanted.host
}
