import { assertNever } from '#shared/domain/assert-never.ts'
import { noMergeTexts } from '#shared/domain/merge-values.ts'
import { wallClock } from '../base/clock.ts'
import { httpStatusOf, type Outcome, type Outgoing } from '../gateways/gateway.ts'
import { createGateway, type GatewayAddress } from '../gateways/open-gateway.ts'

export interface ConnectionTest {
  readonly ok: boolean
  readonly durationMs: number
  readonly httpStatus: number | null
  readonly detail: string
}

/** The id and phone of the test: no message has the id 0, and no person this phone. */
const trial: Outgoing = {
  id: 0,
  phone: '70000000000',
  text: 'Herald: connection test',
  client: { ...noMergeTexts, attributes: null },
  delivery: { id: 0, name: 'Herald: connection test' },
}

/** Sends one request without a stored message and returns the result. An answer that accepts it is a success. */
export async function testConnection(
  address: GatewayAddress,
  timeoutMs: number,
  message: Outgoing = trial,
): Promise<ConnectionTest> {
  const begun = performance.now()
  const gateway = createGateway(address, { connections: 1, timeoutMs, now: wallClock.now })
  try {
    gateway.open(() => undefined)
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const flight = gateway.send(message, resolve)
    const timer = setTimeout(() => flight.timeOut(), timeoutMs)
    const outcome = await promise
    clearTimeout(timer)
    return { ...describe(outcome), durationMs: Math.round(performance.now() - begun) }
  } finally {
    await gateway.close()
  }
}

function describe(outcome: Outcome): Omit<ConnectionTest, 'durationMs'> {
  switch (outcome.kind) {
    case 'accepted':
      return { ok: true, httpStatus: httpStatusOf(outcome.answer), detail: '' }
    case 'rejected':
    case 'unauthorized':
    case 'unavailable':
      return { ok: false, httpStatus: httpStatusOf(outcome.answer), detail: outcome.error.detail }
    case 'aborted':
    case 'withheld':
      return { ok: false, httpStatus: null, detail: outcome.kind }
    default:
      return assertNever(outcome)
  }
}
