import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Who may come in: whoever knows the token, by header, by link, or by the cookie that the link left. */
export interface Authentication {
  /** Whether the request carries the token or its cookie. */
  admits(headers: IncomingHttpHeaders): boolean
  /** Whether a word is the token. */
  isToken(word: string): boolean
  /** The `Set-Cookie` that spares the browser the token from then on. */
  readonly setCookie: string
}

/** Makes the lock for one token. The cookie's name holds the port, since browsers share cookies between ports. */
export function createAuthentication(token: string, port: number): Authentication {
  const cookieName = `herald_${port}`
  // Derived, so that whoever reads the browser's cookie jar does not learn the token itself.
  const cookieValue = createHmac('sha256', token).update('herald console cookie').digest('base64url')
  return {
    admits(headers) {
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
      if (bearer !== undefined) return sameWord(bearer, token)
      const cookie = readCookie(headers.cookie, cookieName)
      return cookie !== undefined && sameWord(cookie, cookieValue)
    },
    isToken: (word) => sameWord(word, token),
    setCookie: `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
  }
}

/** Compares in a time that tells nothing about where two words differ, nor about their lengths. */
function sameWord(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(word: string): Buffer {
  return createHash('sha256').update(word).digest()
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
