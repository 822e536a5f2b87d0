import { describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/fake-gateway.ts'
import { logLines } from '../support/log-files.ts'
import { type SignalWay, usualWay } from '../support/signalled-child.ts'
import { startWebProgram } from '../support/web-program.ts'

// Windows has only the second way. It is tested on every system, so that a failure shows there too.
const ways: readonly SignalWay[] = usualWay === 'message' ? ['message'] : ['system', 'message']

describe.each(ways)('a program that receives signals by %s', (signals) => {
  test('loses nothing but its sending worker when that dies while it opens the store, and ends well when it is asked to', async () => {
    const herald = await startWebProgram({ mortal: 'opening', signals })
    onTestFinished(herald.remove)
    herald.killSender()
    await eventually(async () => {
      const deaths = (await logLines(herald.dataDir)).filter((line) => line.includes('worker "dispatch" died'))
      expect(deaths.length).toBeGreaterThanOrEqual(4)
    })
    expect(await herald.client.gateway.channel()).toMatchObject({ status: 'failing' })
    await herald.stop()
  })
})
