import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '#electron/engine.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

/** A sender that dies when asked to stop, without a report. */
const diesSilently = `
  import { workerData } from 'node:worker_threads'
  const { port } = workerData
  port.on('message', ({ type }) => type === 'stop' && process.exit(0))
  port.postMessage({ type: 'ready' })
`

test('closing does not wait for an answer from a sender that has ended', async () => {
  const root = await temporaryFolder()
  for (const name of ['dispatch', 'sandbox']) await writeFile(join(root, `${name}.js`), diesSilently)
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  const engine = await openEngine({ dataDir: await temporaryFolder(), host: 'web', jobs: { root, extension: 'js' } })

  const begunAt = performance.now()
  await engine.close()

  // A sender that still runs gets eight seconds to stop.
  expect(performance.now() - begunAt).toBeLessThan(8_000)
})
