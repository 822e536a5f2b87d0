import { onTestFinished } from 'vitest'
import type { Gateway } from '#electron/gateways/gateway.ts'
import { openHttpGateway } from '#electron/gateways/http-gateway.ts'
import type { RetryPolicy } from '#electron/sending/retry-policy.ts'
import { createSender, type Sender, type SenderOptions, type SenderReport } from '#electron/sending/sender.ts'
import { type OwnedSession, openSession } from '#electron/store/sqlite/connection.ts'
import type { Store } from '#electron/store/store.ts'
import { expectBooksToBalance } from './ledger.ts'
import type { SettableClock } from './settable-clock.ts'

export interface TestSender extends Sender {
  readonly reports: readonly SenderReport[]
  /** Transactions so far. */
  readonly turns: number
  /** The operator has set another address, or the same once more. */
  aimAt(url: string): void
}

export interface TestSenderOptions extends Pick<SenderOptions, 'monotonic' | 'random'> {
  readonly store: Store
  readonly gateway: { readonly url: string }
  readonly clock: SettableClock
  readonly policy?: RetryPolicy
  readonly concurrency?: number
  readonly timeoutMs?: number
}

/**
 * The sender in this thread, by a clock that the test moves, against the store's real file; started, and aimed at the
 * gateway. When the test is over it is stopped, and the store's books must balance.
 */
export async function startSender({
  store,
  gateway,
  clock,
  policy,
  concurrency = 32,
  timeoutMs = 10_000,
  ...chance
}: TestSenderOptions): Promise<TestSender> {
  const session = await openSession(store.file)
  const reports: SenderReport[] = []
  let turns = 0
  const counting: OwnedSession = {
    ...session,
    transaction: (work, first) => {
      turns += 1
      return session.transaction(work, first)
    },
  }
  const sender = createSender({
    session: counting,
    clock,
    report: (report) => reports.push(report),
    ...chance,
    ...(policy === undefined ? {} : { policy }),
  })
  const lines: Gateway[] = []
  function aimAt(url: string): void {
    // undici keeps the time of a connection by a clock that no test moves, so it has plenty.
    const manner = { connections: concurrency, timeoutMs: 60_000, now: clock.now }
    const gateway = openHttpGateway({ url, token: 'token', ...manner })
    lines.push(gateway)
    sender.aim({ gateway, concurrency, timeoutMs, ratePerSecond: null })
  }
  onTestFinished(async () => {
    await sender.stop(0)
    await Promise.all(lines.map((line) => line.close()))
    await session.close()
    await expectBooksToBalance(store.file)
  })
  await sender.start()
  aimAt(gateway.url)
  return {
    ...sender,
    reports,
    get turns() {
      return turns
    },
    aimAt,
  }
}
