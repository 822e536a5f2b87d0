import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLogs } from '#electron/base/log.ts'
import { openEngine } from '#electron/engine.ts'
import { listenOnLoopback, openWebDoor } from '#electron/web/server.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'
import { token } from '#tests/support/web-door.ts'

test('who asks while the program is still starting is answered as soon as the door is open', async () => {
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
  const door = openWebDoor(listener, {
    api: engine.api,
    token,
    consoleDir: dataDir,
    uploadsDir: join(dataDir, 'uploads'),
    log: openLogs(dataDir).main,
  })
  expect((await patient).status).toBe(200)
  await door.close()
})
