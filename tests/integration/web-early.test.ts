import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLogs } from '#electron/base/log.ts'
import { openEngine } from '#electron/engine.ts'
import { listenOnLoopback, openWebHost } from '#electron/web/server.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'
import { token } from '#tests/support/web-host.ts'

test('a request during the start is answered as soon as the host is open', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-early-'))
  onTestFinished(() => removeFolder(dataDir))
  const listener = await listenOnLoopback(0)
  const address = `http://127.0.0.1:${listener.port}/clients/`
  const leaving = new AbortController()
  const impatient = fetch(address, { signal: leaving.signal }).catch((error: Error) => error.name)
  const patient = fetch(address, { headers: { authorization: `Bearer ${token}` } })
  await expect.poll(() => listener.early.length).toBe(2)
  leaving.abort()
  expect(await impatient).toBe('AbortError')

  const engine = await openEngine({ dataDir, host: 'web' })
  onTestFinished(engine.close)
  const host = openWebHost(listener, {
    api: engine.api,
    token,
    consoleDir: dataDir,
    uploadsDir: join(dataDir, 'uploads'),
    log: openLogs(dataDir).main,
  })
  expect((await patient).status).toBe(200)
  await host.close()
})
