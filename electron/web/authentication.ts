import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Accepts requests that carry the token: in a header, in a link, or as the cookie that the link set. */
export interface Authentication {
  /** Whether the request carries the token or its cookie. */
  isAuthenticated(headers: IncomingHttpHeaders): boolean
  /** Whether `text` is the token. */
  isToken(text: string): boolean
  /** The `Set-Cookie` header that replaces the token in a browser. */
  readonly setCookie: string
}

/** Creates the authentication for one token. The cookie's name contains the port, since browsers share cookies between ports. */
export function createAuthentication(token: string, port: number): Authentication {
  const cookieName = `herald_${port}`
  // Derived from the token, so that the browser's cookie store does not reveal the token itself.
  const cookieValue = createHmac('sha256', token).update('herald console cookie').digest('base64url')
  return {
    isAuthenticated(headers) {
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
      if (bearer !== undefined) return isSameText(bearer, token)
      const cookie = readCookie(headers.cookie, cookieName)
      return cookie !== undefined && isSameText(cookie, cookieValue)
    },
    isToken: (text) => isSameText(text, token),
    setCookie: `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
  }
}

/** Compares in a time that depends neither on the first difference nor on the lengths. */
function isSameText(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
