/** How near the end of the gateway's token is. */
export type TokenWarning = 'none' | 'expires-soon' | 'expired'

const warnsBeforeMs = 24 * 60 * 60 * 1000

/** Whether to warn of a token's end: from a day before it. A token that does not say when it ends gives no cause. */
export function tokenWarning(expiresAt: string | null, now: number): TokenWarning {
  if (expiresAt === null) return 'none'
  const leftMs = Date.parse(expiresAt) - now
  if (leftMs <= 0) return 'expired'
  return leftMs <= warnsBeforeMs ? 'expires-soon' : 'none'
}
