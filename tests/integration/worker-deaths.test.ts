import { expect, test } from 'vitest'
import {
  deliver,
  importClients,
  openTestEngine,
  temporaryFolder,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { accepted, after, eventually, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { logLines } from '#tests/support/log-files.ts'
import { mortalJobs } from '#tests/support/mortal-jobs.ts'

const deathLine = /worker "dispatch" died; it starts again in (\d+) ms/

async function deathsIn(dataDir: string): Promise<number[]> {
  const lines = await logLines(dataDir)
  return lines.flatMap((line) => deathLine.exec(line)?.slice(1).map(Number) ?? [])
}

test('three deaths within a minute are reported, the pauses grow, and the delivery continues all the same', async () => {
  const gateway = await openFakeGateway(() => after(5))
  const jobs = await mortalJobs(await temporaryFolder())
  const engine = await openTestEngine(gateway, { jobs: jobs.files })
  await importClients(engine, 600)
  const id = await deliver(engine)

  for (const deaths of [1, 2, 3]) {
    await gateway.received(gateway.requests.length + 50)
    jobs.kill()
    await eventually(async () => expect(await deathsIn(engine.dataDir)).toHaveLength(deaths))
    const told = engine.heard.filter((event) => event.type === 'channel' && event.channel.status === 'failing')
    if (deaths < 3) expect(told).toEqual([])
  }

  await eventually(async () => {
    expect(engine.heard).toContainEqual({
      type: 'channel',
      channel: {
        status: 'failing',
        reason: null,
        since: expect.stringMatching(/Z$/),
        nextProbeAt: expect.stringMatching(/Z$/),
      },
    })
    expect(await engine.client.gateway.channel()).toMatchObject({ status: 'failing' })
  })
  expect(await deathsIn(engine.dataDir)).toEqual([100, 200, 400])
  const lines = await logLines(engine.dataDir)
  expect(lines.filter((line) => line.includes(' error the sending worker died 3 times within a minute'))).toHaveLength(
    1,
  )
  expect(lines.some((line) => line.includes('killed by the test'))).toBe(true)

  const delivery = await whenDelivery(engine, id, 'completed')
  expect(delivery.messages.byStatus.sent).toBe(600)
  expect(gateway.timesSeen.size).toBe(600)
  // Only what was in flight when the worker died goes out again.
  expect(gateway.requests.length - 600).toBeLessThanOrEqual(3 * 32)
  expect(Math.max(...gateway.timesSeen.values())).toBeLessThanOrEqual(4)
})

test('a restarted worker does not retry a token that the gateway has refused', async () => {
  const gateway = await openFakeGateway(() => ({ status: 401 }))
  const jobs = await mortalJobs(await temporaryFolder())
  const engine = await openTestEngine(gateway, { jobs: jobs.files })
  await importClients(engine, 3)
  const id = await deliver(engine)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))
  await whenCounted(engine, id, { queued: 3, sending: 0 })
  const before = gateway.requests.length

  jobs.kill()
  await eventually(async () => expect(await deathsIn(engine.dataDir)).toHaveLength(1))
  // The worker is back once it takes part in the life of deliveries again; this one is over before it begins.
  const other = await deliver(engine, { filter: { tags: ['nobody'] } })
  await whenDelivery(engine, other, 'completed')
  expect(gateway.requests).toHaveLength(before)
  expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' })

  gateway.answer(() => accepted)
  await engine.client.gateway.reopen()
  await whenDelivery(engine, id, 'completed')
  expect(await engine.client.gateway.channel()).toMatchObject({ status: 'open' })
})
