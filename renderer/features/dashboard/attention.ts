import type { Channel } from '#shared/contract/gateway.ts'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import type { TokenWarning } from '#shared/domain/token-warning.ts'

export type DeliveryResult = GeneralStatistics['results'][number]

/** Something that does not fix itself, or that the user wants to know. */
export type Attention =
  | { readonly kind: 'channel'; readonly status: Exclude<Channel['status'], 'open'> }
  | { readonly kind: 'token'; readonly warning: Exclude<TokenWarning, 'none'> }
  | {
      readonly kind: 'uncertain' | 'failed' | 'paused'
      readonly id: number
      readonly name: string
      readonly count: number
    }

export interface AttentionSources {
  readonly channel: Channel | null
  readonly token: TokenWarning
  readonly results: readonly DeliveryResult[]
  readonly now: number
}

/** Failures of deliveries that ended longer ago are not shown. */
const recentMs = 24 * 60 * 60 * 1000

/**
 * What needs attention, the most urgent first: what blocks everything, what only the user can decide, what waits for
 * them, what failed.
 */
export function findAttention({ channel, token, results, now }: AttentionSources): Attention[] {
  const ofDeliveries = (
    kind: 'uncertain' | 'failed' | 'paused',
    countOf: (result: DeliveryResult) => number,
  ): Attention[] =>
    results.flatMap((result) => {
      const count = countOf(result)
      return count === 0 ? [] : [{ kind, id: result.id, name: result.name, count }]
    })
  return [
    ...(channel === null || channel.status === 'open' ? [] : [{ kind: 'channel' as const, status: channel.status }]),
    ...(token === 'none' ? [] : [{ kind: 'token' as const, warning: token }]),
    ...ofDeliveries('uncertain', ({ messages }) => messages.byStatus.uncertain),
    ...ofDeliveries('paused', ({ status, messages }) => (status === 'paused' ? messages.byStatus.queued : 0)),
    ...ofDeliveries('failed', ({ endsAt, messages }) =>
      Date.parse(endsAt) > now - recentMs ? messages.byStatus.failed : 0,
    ),
  ]
}
