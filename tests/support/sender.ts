import { onTestFinished } from 'vitest'
import type { Gateway } from '#electron/gateways/gateway.ts'
import { openHttpGateway } from '#electron/gateways/http-gateway.ts'
import { createSender, type Sender, type SenderOptions, type SenderReport } from '#electron/sending/sender.ts'
import type { SendQueue } from '#electron/store/ports/send-queue.ts'
import { openSendQueue } from '#electron/store/send-queue/open-send-queue.ts'
import type { Store } from '#electron/store/store.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import { expectBooksToBalance } from './ledger.ts'
import type { SettableClock } from './settable-clock.ts'

export interface TestSender extends Sender {
  readonly reports: readonly SenderReport[]
  /** The number of transactions so far. */
  readonly turns: number
  /** The user sets an address, perhaps the same one. */
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
 * Starts a sender in this thread, with a clock that the test moves and the real file of a store, and aims it at the
 * gateway. When the test is over it is stopped, and the counters of the store must be right.
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
  const queue = await openSendQueue(store.host.file, 1)
  const reports: SenderReport[] = []
  let turns = 0
  const counting: SendQueue = {
    ...queue,
    turn: (accepted, now, work) => {
      turns += 1
      return queue.turn(accepted, now, work)
    },
  }
  const sender = createSender({
    queue: counting,
    clock,
    report: (report) => reports.push(report),
    ...chance,
    ...(policy === undefined ? {} : { policy }),
  })
  const lines: Gateway[] = []
  function aimAt(url: string): void {
    // undici measures the time to connect by a clock that no test moves, so it is long.
    const manner = { connections: concurrency, timeoutMs: 60_000, now: clock.now }
    const gateway = openHttpGateway({ url, token: 'token', ...manner })
    lines.push(gateway)
    sender.aim({ gateway, concurrency, timeoutMs, ratePerSecond: null })
  }
  onTestFinished(async () => {
    await sender.stop(0)
    await Promise.all(lines.map((line) => line.close()))
    await queue.close()
    await expectBooksToBalance(store.host.file)
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
