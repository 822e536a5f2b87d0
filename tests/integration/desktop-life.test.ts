import { createRouterClient } from '@orpc/server'
import { expect, test } from 'vitest'
import { openEngine } from '#electron/engine.ts'
import { deliver, type EngineClient, importClients, testToken, whenDelivery } from '#tests/support/engine.ts'
import { after, eventually, expectEachOnce, type FakeGateway, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { startDesktop } from '#tests/support/in-process-desktop.ts'

/** The desktop app over the real engine, whose worker runs from the sources, in a stand-in for Electron. */
async function startOver(gateway: FakeGateway, dataDir?: string) {
  const opened = Promise.withResolvers<EngineClient>()
  const desktop = await startDesktop({
    program: {
      ...(dataDir === undefined ? {} : { dataDir }),
      environment: { HERALD_GATEWAY_URL: gateway.url, HERALD_GATEWAY_TOKEN: testToken },
      openEngine: async ({ jobs: _, ...options }) => {
        const engine = await openEngine(options)
        opened.resolve(createRouterClient(engine.api))
        return engine
      },
    },
  })
  return { ...desktop, client: await opened.promise }
}

test('a delivery that is left by quitting goes on at the next start, and nobody gets it twice', async () => {
  const gateway = await openFakeGateway(() => after(20))
  const first = await startOver(gateway)
  await first.client.gateway.update({ concurrency: 4 })
  await importClients(first, 200)
  const id = await deliver(first)
  await gateway.received(20)
  await eventually(() => expect(first.trays[0]?.tip).toContain('1 delivery is running'))

  first.app.quit()
  await first.answer('Quit and continue at next launch')
  expect(await first.exited).toBe(0)
  expect(gateway.requests.length).toBeLessThan(200)

  const second = await startOver(gateway, first.dataDir)
  await whenDelivery(second, id, 'completed')
  expectEachOnce(gateway, 200)
  second.app.quit()
  expect(await second.exited).toBe(0)
})

test('a delivery goes on while the window is in the tray, and its end is told with the way to it', async () => {
  const gateway = await openFakeGateway(() => after(20))
  const desktop = await startOver(gateway)
  await desktop.client.gateway.update({ concurrency: 4 })
  await importClients(desktop, 100)
  const id = await deliver(desktop, { name: 'Sale' })
  await eventually(() => expect(desktop.trays[0]?.tip).toContain('1 delivery is running'))

  desktop.windows[0]?.close()
  await desktop.answer('Keep sending in the tray')
  await whenDelivery(desktop, id, 'completed')
  await eventually(() => expect(desktop.notices.map(({ title }) => title)).toEqual(['“Sale” completed']))

  expect(desktop.windows.map(({ visible }) => visible)).toEqual([false])
  desktop.notices[0]?.click()
  expect(desktop.windows[0]?.webContents.sent).toEqual([
    { channel: 'herald:screen-wanted', message: `/deliveries/${id}` },
  ])
  desktop.app.quit()
  expect(await desktop.exited).toBe(0)
})

test('a gateway that goes down is told by the tray and a notification', async () => {
  const gateway = await openFakeGateway()
  const desktop = await startOver(gateway)
  await importClients(desktop, 100)
  await gateway.goDown()
  await deliver(desktop)

  await eventually(() => expect(desktop.trays[0]?.tip).toBe('Herald · Gateway unreachable'))
  expect(desktop.notices.map(({ title }) => title)).toEqual(['Gateway unreachable'])
  desktop.app.quit()
  await desktop.answer('Quit and continue at next launch')
  expect(await desktop.exited).toBe(0)
})
