import { describe, expect, test } from 'vitest'
import { deliver, importClients, messagesOf, whenCounted, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { anna, openEngineTo, webhookToken as token } from '#tests/support/webhook-engine.ts'
import { openWebhookServer } from '#tests/support/webhook-server.ts'

const text = 'Hi, {{ name }}!\n100 % = "{{ city }}" & more?'
const rendered = 'Hi, Анна "Nyura" O\\Neil!\n100 % = "Rostov & Don" & more?'

describe('with its address alone, a webhook', () => {
  test('sends what the HTTP gateway sends', async () => {
    const gateway = await openFakeGateway()
    const engine = await openEngineTo({ url: `${gateway.url}/{{ message.id }}` })
    await importClients(engine, 3)

    const id = await deliver(engine, { text: 'Hello, "{{ name }}"' })
    await whenDelivery(engine, id, 'completed')

    expectEachOnce(gateway, 3)
    for (const [n, message] of (await messagesOf(engine, id)).entries()) {
      const request = gateway.requests.find((taken) => taken.id === message.id)
      expect(request).toMatchObject({
        method: 'POST',
        path: `/v1/send/${message.id}`,
        authorization: `Bearer ${token}`,
        contentType: 'application/json',
      })
      expect(JSON.stringify(JSON.parse(request?.body ?? ''))).toBe(
        `{"id":${message.id},"phone":${phoneNumber(n)},"text":"Hello, \\"Client ${n}\\""}`,
      )
      expect(message).toMatchObject({ status: 'sent', attempts: 1, lastError: null })
    }
  })

  test('reads the answers as the HTTP gateway reads them', async () => {
    const gateway = await openFakeGateway(({ phone, turn }) => {
      if (phone === Number(phoneNumber(0))) return { status: 422, body: '{"code":7,"message":"no such number"}' }
      if (turn === 1) return phone === Number(phoneNumber(1)) ? { status: 503 } : { status: 200, body: '{"code":1}' }
      return { status: 200, body: '{"code":0}' }
    })
    const engine = await openEngineTo({ url: `${gateway.url}/{{ message.id }}` })
    await importClients(engine, 3)

    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')

    expect(await messagesOf(engine, id)).toMatchObject([
      { status: 'failed', attempts: 1, lastError: { code: 'rejected' } },
      { status: 'sent', attempts: 2 },
      { status: 'sent', attempts: 2 },
    ])
  })

  test('stops the channel when its token is refused, and no message loses an attempt', async () => {
    const server = await openWebhookServer(() => ({ status: 401 }))
    const engine = await openEngineTo({ url: `${server.origin}/{{ message.id }}` })
    await importClients(engine, 5)

    const id = await deliver(engine)
    await whenCounted(engine, id, { queued: 5 })

    await expect.poll(() => engine.client.gateway.channel()).toMatchObject({ status: 'stopped' })
    expect((await messagesOf(engine, id)).map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0, 0])
    await engine.client.deliveries.cancel({ id })
  })
})

describe('a request is what its templates say', () => {
  test('a JSON body of its own and headers', async () => {
    const server = await openWebhookServer()
    const engine = await openEngineTo({
      method: 'PUT',
      url: `${server.origin}/sms/{{ delivery.id }}?to={{ client.name }}`,
      headers: [
        { name: 'X-Api-Key', value: '{{ token }}' },
        { name: 'Idempotency-Key', value: '{{ delivery.id }}-{{ message.id }}' },
        { name: 'X-City', value: '{{ client.city | url_encode }}' },
        { name: 'Content-Type', value: 'application/vnd.sms+json' },
      ],
      body: {
        format: 'json',
        template:
          '{"to":["+{{ message.phone }}"],"text":{{ message.text }},"note":"for {{ client.name }} of {{ delivery.name }}","ref":{{ message.id }}{% if client.vip %},"vip":true{% endif %},"age":{{ client.age }}}',
      },
      success: { statuses: [200], json: null },
    })
    await engine.client.clients.create(anna)

    const id = await deliver(engine, { name: 'Sale "50 %"', text })
    await whenDelivery(engine, id, 'completed')

    const [message] = await messagesOf(engine, id)
    expect(message).toMatchObject({ status: 'sent' })
    expect(server.calls).toHaveLength(1)
    const [call] = server.calls
    expect(call).toMatchObject({
      method: 'PUT',
      path: `/sms/${id}?to=${encodeURIComponent(anna.name)}`,
      headers: {
        'x-api-key': token,
        'idempotency-key': `${id}-${message?.id}`,
        'x-city': 'Rostov+%26+Don',
        'content-type': 'application/vnd.sms+json',
      },
    })
    expect(call?.headers).not.toHaveProperty('authorization')
    expect(JSON.parse(call?.body ?? '')).toEqual({
      to: [`+${anna.phone}`],
      text: rendered,
      note: `for ${anna.name} of Sale "50 %"`,
      ref: message?.id,
      age: null,
    })
  })

  test('a GET with everything in its query', async () => {
    const server = await openWebhookServer()
    const engine = await openEngineTo({
      method: 'GET',
      url: `${server.origin}/send?key={{ token }}&phone={{ message.phone }}&text={{ message.text }}&city={{ client.city }}&last=1`,
      headers: [],
      body: { format: 'none' },
      success: { statuses: [200], json: null },
    })
    await engine.client.clients.create(anna)

    await whenDelivery(engine, await deliver(engine, { text }), 'completed')

    expect(server.calls).toMatchObject([{ method: 'GET', body: '' }])
    const { pathname, searchParams } = new URL(server.calls[0]?.path ?? '', server.origin)
    expect(pathname).toBe('/send')
    expect([...searchParams]).toEqual([
      ['key', token],
      ['phone', anna.phone],
      ['text', rendered],
      ['city', 'Rostov & Don'],
      ['last', '1'],
    ])
    expect(server.calls[0]?.headers).not.toHaveProperty('content-type')
  })

  test('a form', async () => {
    const server = await openWebhookServer()
    const engine = await openEngineTo({
      url: `${server.origin}/form`,
      headers: [{ name: 'Authorization', value: 'Basic {{ token }}' }],
      body: {
        format: 'form',
        fields: [
          { name: 'To', value: '+{{ message.phone }}' },
          { name: 'Body', value: '{{ message.text }}' },
          { name: 'tag[]', value: '{{ client.code }}' },
        ],
      },
      success: { statuses: ['2xx'], json: null },
    })
    await engine.client.clients.create(anna)

    await whenDelivery(engine, await deliver(engine, { text }), 'completed')

    expect(server.calls).toMatchObject([
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${token}` },
      },
    ])
    expect([...new URLSearchParams(server.calls[0]?.body)]).toEqual([
      ['To', `+${anna.phone}`],
      ['Body', rendered],
      ['tag[]', 'A-1'],
    ])
  })
})

describe('an answer means what its rules say', () => {
  test('success and a permanent refusal by the body; anything else is retried', async () => {
    const turns = new Map<string, number>()
    const server = await openWebhookServer(({ path }) => {
      const turn = (turns.get(path) ?? 0) + 1
      turns.set(path, turn)
      if (path.endsWith(phoneNumber(0))) return { status: 200, body: '{"result":[{"status":"blocked"}]}' }
      if (path.endsWith(phoneNumber(1)) && turn === 1) return { status: 200, body: '{"result":[{"status":"busy"}]}' }
      if (path.endsWith(phoneNumber(2)) && turn === 1) return { status: 404, body: '{"result":[{"status":"queued"}]}' }
      return { status: 200, body: '{"result":[{"status":"queued"}]}' }
    })
    const engine = await openEngineTo({
      url: `${server.origin}/{{ message.phone }}`,
      success: { statuses: [200], json: { path: '$.result[0].status', value: 'queued' } },
      refusal: { statuses: [410], json: { path: '$.result[0].status', value: 'blocked' } },
    })
    await importClients(engine, 4)

    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')

    expect(await messagesOf(engine, id)).toMatchObject([
      {
        status: 'failed',
        attempts: 1,
        lastError: { code: 'rejected', detail: 'HTTP 200: {"result":[{"status":"blocked"}]}' },
      },
      { status: 'sent', attempts: 2 },
      { status: 'sent', attempts: 2 },
      { status: 'sent', attempts: 1 },
    ])
  })

  test('a redirect is not followed: it is a wrong answer', async () => {
    const elsewhere = await openWebhookServer()
    const server = await openWebhookServer(() => ({ status: 307, headers: { location: `${elsewhere.origin}/take` } }))
    const engine = await openEngineTo({ url: `${server.origin}/send`, refusal: { statuses: [307], json: null } })
    await importClients(engine, 1)

    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')

    expect(await messagesOf(engine, id)).toMatchObject([{ status: 'failed', lastError: { detail: 'HTTP 307' } }])
    expect(server.calls).toHaveLength(1)
    expect(elsewhere.calls).toHaveLength(0)
  })
})

test('a request that cannot be written fails its message alone', async () => {
  const server = await openWebhookServer()
  const engine = await openEngineTo({
    url: `${server.origin}/send`,
    headers: [{ name: 'X-Name', value: '{{ client.name }}' }],
    success: { statuses: [200], json: null },
  })
  await engine.client.clients.create(anna)
  await engine.client.clients.create({ phone: phoneNumber(2), name: 'Boris' })

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  expect(await messagesOf(engine, id)).toMatchObject([
    {
      status: 'failed',
      lastError: {
        code: 'template',
        detail: 'headers.0.value: a header is one line of ASCII characters: use the filter url_encode',
      },
    },
    { status: 'sent' },
  ])
  expect(server.calls.map(({ headers }) => headers['x-name'])).toEqual(['Boris'])
  expect(await engine.client.gateway.channel()).toMatchObject({ status: 'open' })
})
