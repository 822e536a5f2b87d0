import { expect, test } from 'vitest'
import { openTestHost, token } from '../support/web-host.ts'

test('a change reaches the console over the open stream, and aborting ends it', async () => {
  const host = await openTestHost()
  const leave = new AbortController()
  const events = await host.client.progress.live(undefined, { signal: leave.signal })
  await host.client.clients.create({ phone: '79001234567' })
  const first = await events.next()
  expect(first.value).toEqual({ type: 'changed', entity: 'clients' })
  leave.abort()
  await expect(events.next()).rejects.toThrow()
})

test('closing the host ends open streams at once and accepts no more requests', async () => {
  const host = await openTestHost()
  const address = `http://127.0.0.1:${host.port}/rpc/progress/live`
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(address, { method: 'POST', headers })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  await Promise.all([host.close(), response.text()])
  await expect(fetch(address, { method: 'POST', headers })).rejects.toThrow()
})
