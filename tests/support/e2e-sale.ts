import { addClients } from './e2e-directory.ts'
import { type FakeGateway, heldBack } from './loopback-gateway.ts'
import type { WebProgram } from './web-program.ts'

/** Starts the delivery “Sale” to n new clients. Five messages are in flight; the gateway answers after `release`. */
export async function beginSale(
  herald: WebProgram,
  gateway: FakeGateway,
  clients: number,
): Promise<{ release(): void }> {
  await addClients(herald, clients)
  await herald.client.gateway.update({ concurrency: 5 })
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.deliveries.create({ name: 'Sale', text: 'Everything for half' })
  await gateway.received(5)
  return held
}
