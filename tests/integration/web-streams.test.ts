import { expect, test } from 'vitest'
import { openTestDoor, token } from '../support/web-door.ts'

test('a change reaches the console while the stream is open, and leaving ends it', async () => {
  const door = await openTestDoor()
  const leave = new AbortController()
  const events = await door.client.progress.live(undefined, { signal: leave.signal })
  await door.client.clients.create({ phone: '79001234567' })
  const first = await events.next()
  expect(first.value).toEqual({ type: 'changed', entity: 'clients' })
  leave.abort()
  await expect(events.next()).rejects.toThrow()
})

test('closing the door ends open streams at once and takes nobody in any more', async () => {
  const door = await openTestDoor()
  const address = `http://127.0.0.1:${door.port}/rpc/progress/live`
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(address, { method: 'POST', headers })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const startedAt = performance.now()
  await Promise.all([door.close(), response.text()])
  expect(performance.now() - startedAt).toBeLessThan(1500)
  await expect(fetch(address, { method: 'POST', headers })).rejects.toThrow()
})
