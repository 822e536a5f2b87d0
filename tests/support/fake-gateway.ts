import { expect, onTestFinished, vi } from 'vitest'
import { type FakeGateway, openLoopbackGateway, type Script } from './loopback-gateway.ts'

export type { FakeGateway } from './loopback-gateway.ts'
export { accepted, after, heldBack } from './loopback-gateway.ts'

/** Opens a gateway on the loopback that speaks the contract and fails by the script; it is closed after the test. */
export async function openFakeGateway(script?: Script): Promise<FakeGateway> {
  const gateway = await openLoopbackGateway(script)
  onTestFinished(gateway.goDown)
  return gateway
}

/** Waits until `assert` passes; rejects with its last error. */
export function eventually(assert: () => void | Promise<void>, timeoutMs = 30_000): Promise<void> {
  return vi.waitFor(assert, { timeout: timeoutMs, interval: 20 })
}

/** Expects that every id was seen exactly once. */
export function expectEachOnce(gateway: FakeGateway, count: number): void {
  expect(gateway.requests).toHaveLength(count)
  expect(gateway.timesSeen.size).toBe(count)
}
