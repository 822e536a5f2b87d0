import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/fake-gateway.ts'
import { logLines } from '../support/log-files.ts'
import { startWebProgram } from '../support/web-program.ts'

test('a sending worker that dies while it opens the store takes nothing else with it', async () => {
  const herald = await startWebProgram({ mortal: 'opening' })
  onTestFinished(herald.remove)
  herald.killSender()
  await eventually(async () => {
    const deaths = (await logLines(herald.dataDir)).filter((line) => line.includes('worker "dispatch" died'))
    expect(deaths.length).toBeGreaterThanOrEqual(4)
  })
  expect(await herald.client.gateway.channel()).toMatchObject({ status: 'failing' })
  await herald.stop()
})
