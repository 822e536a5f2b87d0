/** Whether the gateway's token has expired or expires soon. */
export type TokenWarning = 'none' | 'expires-soon' | 'expired'

const warningPeriodMs = 24 * 60 * 60 * 1000

/** Returns the warning for a token: from a day before it expires. There is none for a token without an expiry. `now` in ms. */
export function tokenWarning(expiresAt: string | null, now: number): TokenWarning {
  if (expiresAt === null) return 'none'
  const leftMs = Date.parse(expiresAt) - now
  if (leftMs <= 0) return 'expired'
  return leftMs <= warningPeriodMs ? 'expires-soon' : 'none'
}
