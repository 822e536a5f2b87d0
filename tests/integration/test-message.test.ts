import { expect, test } from 'vitest'
import { openTestEngine } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'

const own = '79990000000'

async function tried(respond?: Parameters<typeof openFakeGateway>[0]) {
  const gateway = await openFakeGateway(respond)
  const engine = await openTestEngine(gateway)
  const anna = await engine.client.clients.create({
    phone: phoneNumber(1),
    name: 'Anna',
    timeZone: 'UTC',
    attributes: { city: 'Omsk' },
  })
  return { gateway, ...engine, anna }
}

test('a text goes to the user’s own phone as a client would read it, and is not counted', async () => {
  const { gateway, client, anna } = await tried()

  const answer = await client.gateway.sendTest({
    phone: '8 999 000-00-00',
    text: '{{ name }} from {{ city }}, {{ phone }}',
    clientId: anna.id,
  })

  expect(answer).toMatchObject({ ok: true, httpStatus: 200, text: `Anna from Omsk, ${phoneNumber(1)}` })
  expect(gateway.requests).toHaveLength(1)
  expect(gateway.requests[0]).toMatchObject({ phone: Number(own), text: `Anna from Omsk, ${phoneNumber(1)}` })
  expect((await client.statistics.general()).messages.total).toBe(0)

  // No message has its id.
  const testId = gateway.requests[0]?.id
  await client.deliveries.create({ text: 'Hello' })
  await gateway.received(2)
  expect(gateway.requests[1]?.id).toBeGreaterThan(testId ?? Number.POSITIVE_INFINITY)
})

test('without a client the defaults of the text apply, and a refusal is returned as it came', async () => {
  const { client } = await tried(() => ({ status: 422, body: '{"message":"this number is blocked"}' }))

  await expect(
    client.gateway.sendTest({ phone: own, text: 'Hello {{ name | default: "friend" }}' }),
  ).resolves.toMatchObject({
    ok: false,
    httpStatus: 422,
    text: 'Hello friend',
    detail: expect.stringContaining('blocked'),
  })
})

test('what cannot be sent is refused with its field, and asks nothing of the gateway', async () => {
  const { gateway, client } = await tried()
  await client.clients.optOut({ phones: own })

  await expect(client.gateway.sendTest({ phone: own, text: 'Hello' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'phone' },
    message: expect.stringContaining('is on the do-not-contact list'),
  })
  await expect(client.gateway.sendTest({ phone: phoneNumber(5), text: '{{ name' })).rejects.toMatchObject({
    data: { issues: [{ path: 'text' }] },
  })
  await expect(client.gateway.sendTest({ phone: phoneNumber(5), text: '{{ name }}' })).rejects.toMatchObject({
    data: { issues: [{ path: 'text', message: 'the text is empty for this client' }] },
  })
  await expect(client.gateway.sendTest({ phone: '123', text: 'Hello' })).rejects.toMatchObject({
    data: { issues: [{ path: ['phone'] }] },
  })
  expect(gateway.requests).toEqual([])
})
