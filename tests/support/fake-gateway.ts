import { expect, onTestFinished, vi } from 'vitest'
import { type FakeGateway, openLoopbackGateway, type Script } from './loopback-gateway.ts'

export type { FakeGateway } from './loopback-gateway.ts'
// The scripts of a test are beside the gateway that runs them.
export { accepted, after, heldBack } from './loopback-gateway.ts'

/** A gateway on the loopback that speaks the contract and fails as the test says; it is gone when the test is over. */
export async function openFakeGateway(script?: Script): Promise<FakeGateway> {
  const gateway = await openLoopbackGateway(script)
  onTestFinished(gateway.goDown)
  return gateway
}

/** Waits until `read` gives something that `assert` is content with; says how it stood when it gave up. */
export function eventually(assert: () => void | Promise<void>, timeoutMs = 30_000): Promise<void> {
  return vi.waitFor(assert, { timeout: timeoutMs, interval: 20 })
}

/** Every id was seen exactly once. */
export function expectEachOnce(gateway: FakeGateway, count: number): void {
  expect(gateway.requests).toHaveLength(count)
  expect(gateway.timesSeen.size).toBe(count)
}
