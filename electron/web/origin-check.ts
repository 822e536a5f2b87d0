import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is rejected even with a valid token; null when it is allowed. */
export type BorderViolation = 'host' | 'origin' | null

/**
 * Rejects requests from other web pages. `Host` reveals a foreign name that resolves to this machine (DNS rebinding). `Origin`, or
 * `Sec-Fetch-Site` where the browser sends no origin, reveals a foreign page. Other ports of this machine are foreign too, although
 * cookies and `same-site` ignore ports. Following a link from another site is allowed: only the user sees the page.
 */
export function checkOrigin(headers: IncomingHttpHeaders, port: number): BorderViolation {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(headers.host?.toLowerCase() ?? '')) return 'host'

  const { origin } = headers
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return 'origin'

  const site = headers['sec-fetch-site']
  const ownPage = site === undefined || site === 'same-origin' || site === 'none'
  if (!ownPage && headers['sec-fetch-mode'] !== 'navigate') return 'origin'
  return null
}
