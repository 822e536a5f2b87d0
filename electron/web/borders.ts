import type { IncomingHttpHeaders } from 'node:http'

/** Why a request may not come in at all, whatever token it carries; null when it may. */
export type BorderRefusal = 'host' | 'origin' | null

/**
 * Keeps other web pages out. A foreign name that resolves to this machine shows in `Host` (DNS rebinding), a foreign page shows in
 * `Origin` or, where the browser sends none, in `Sec-Fetch-Site`. Another port of this machine is foreign too, although cookies
 * and `same-site` do not tell ports apart. Following a link from elsewhere is allowed: it shows the page to the person only.
 */
export function checkBorders(headers: IncomingHttpHeaders, port: number): BorderRefusal {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(headers.host?.toLowerCase() ?? '')) return 'host'

  const { origin } = headers
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return 'origin'

  const site = headers['sec-fetch-site']
  const ownPage = site === undefined || site === 'same-origin' || site === 'none'
  if (!ownPage && headers['sec-fetch-mode'] !== 'navigate') return 'origin'
  return null
}
