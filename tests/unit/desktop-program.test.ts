import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EngineOpenError } from '#electron/engine.ts'
import { startDesktop as start, temporaryDataDir } from '#tests/support/in-process-desktop.ts'

it('the desktop app starts with one sandboxed window on the console, served from its own origin', async () => {
  const dataDir = await temporaryDataDir()
  await writeFile(join(dataDir, 'index.html'), '<title>Herald</title>')

  const { app, windows, schemes, handlers, menus, permissions, lines, errorBoxes } = await start({
    program: { dataDir, consoleFolder: dataDir },
  })

  expect({ lines, errorBoxes }).toEqual({ lines: [], errorBoxes: [] })
  expect(app.sandboxed).toBe(true)
  expect(windows.map(({ url }) => url)).toEqual(['herald://console/'])
  expect(windows[0]?.options.webPreferences?.preload).toBe('/out/preload/preload.cjs')
  expect(schemes.map(({ scheme }) => scheme)).toEqual(['herald'])
  expect(await (await handlers.get('herald')?.(new Request('herald://console/')))?.text()).toContain('Herald')
  expect(menus).toHaveLength(1)
  expect(permissions).toEqual({
    check: expect.any(Function),
    device: expect.any(Function),
    request: expect.any(Function),
  })
})

it('the desktop app starts with an engine over its data directory, its built jobs and the settings of the environment', async () => {
  const environment = { HERALD_GATEWAY_URL: 'https://gateway.example/send', HERALD_GATEWAY_TOKEN: 'token' }

  const { openEngine, dataDir } = await start({ program: { environment } })

  expect(openEngine).toHaveBeenCalledExactlyOnceWith({
    dataDir,
    dataDirFromEnvironment: false,
    isPortable: false,
    host: 'desktop',
    environment: { gatewayUrl: 'https://gateway.example/send', gatewayToken: 'token' },
    secrets: { seal: expect.any(Function), open: expect.any(Function) },
    jobs: { root: '/out/main/jobs', extension: 'js' },
    forgetPassphrase: false,
    onRestart: expect.any(Function),
  })
})

it("the desktop app starts and keeps the browser's own files apart from the store", async () => {
  const { app, dataDir } = await start()

  const folder = join(dataDir, 'browser')
  expect(app.paths.get('userData')).toBe(folder)
  expect(existsSync(folder)).toBe(true)
})

it('the desktop app starts and keeps secrets in the keyring', async () => {
  const { openEngine } = await start()
  const box = openEngine.mock.calls[0]?.[0].secrets

  const sealed = await box?.seal('token')

  expect(sealed).toMatch(/^keyring:/)
  expect(await box?.open(sealed ?? '')).toBe('token')
})

it("the desktop app starts from a developer's server only where it is not installed", async () => {
  const environment = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }

  const developed = await start({ electron: { isPackaged: false }, program: { environment } })
  const installed = await start({ electron: { isPackaged: true }, program: { environment } })

  expect(developed.windows[0]).toMatchObject({
    url: 'http://localhost:5173',
    options: { webPreferences: { devTools: true } },
  })
  expect(installed.windows[0]).toMatchObject({
    url: 'herald://console/',
    options: { webPreferences: { devTools: false } },
  })
})

it('the desktop app starts a second time, and the window that is there comes forward', async () => {
  const { app, windows } = await start()
  const [window] = windows
  Object.assign(window ?? {}, { minimized: true, visible: false })

  app.emit('second-instance', {}, ['herald'], '/', null)

  expect(windows).toEqual([window])
  expect(window).toMatchObject({ minimized: false, visible: true, log: ['focus'] })
})

it('the desktop app starts without the sandbox of the system only with a word about it in the log', async () => {
  const { lines } = await start({ electron: { switches: ['no-sandbox'] } })

  expect(lines).toEqual([expect.stringContaining("warn: the console's pages run without the system's sandbox")])
})

it('the desktop app starts beside another, and leaves the store alone', async () => {
  const { app, openEngine, windows } = await start({ electron: { firstInstance: false } })

  expect(openEngine).not.toHaveBeenCalled()
  expect(windows).toEqual([])
  expect(app.exitCode).toBe(0)
})

it.each(['linux', 'win32'] as const)('the desktop app ends when its window is closed: %s', async (platform) => {
  const { windows, close, exited } = await start({ program: { platform } })

  windows[0]?.close()

  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledOnce()
})

it('the desktop app ends but lives on without a window on macOS, and opens it anew', async () => {
  const { app, windows, close } = await start({ program: { platform: 'darwin' } })

  windows[0]?.close()
  expect(close).not.toHaveBeenCalled()
  app.emit('activate')

  expect(windows.map(({ url }) => url)).toEqual(['herald://console/'])
  expect(app.exitCode).toBeNull()
})

it('the desktop app ends with the engine closed before the process', async () => {
  const closing = Promise.withResolvers<undefined>()
  const { app, windows, close, exited } = await start()
  close.mockReturnValue(closing.promise)

  app.quit()

  await expect.poll(() => close.mock.calls.length).toBe(1)
  expect(windows.map(({ visible }) => visible)).toEqual([false])
  expect(app.exitCode).toBeNull()
  closing.resolve(undefined)
  expect(await exited).toBe(0)
})

it('the desktop app ends with the reason in words when the data directory cannot be opened', async () => {
  const error = new EngineOpenError({ code: 'directory_in_use', params: { path: '/data' } })
  const reason = error.message
  const openEngine = async () => Promise.reject(error)

  const { app, errorBoxes, lines } = await start({ program: { openEngine } })

  expect(errorBoxes).toEqual([{ title: 'Herald', content: reason }])
  expect(app.exitCode).toBe(1)
  expect(lines).toEqual([`error: the program did not start: ${reason}`])
})

it('the desktop app ends with the reason in words, and no log, when its data directory is none', async () => {
  const file = join(await temporaryDataDir(), 'a file')
  await writeFile(file, '')

  const { app, errorBoxes, lines } = await start({ program: { dataDir: file } })

  expect(errorBoxes).toEqual([
    { title: 'Herald', content: `${file} is a file, not a directory: choose another data directory` },
  ])
  expect({ code: app.exitCode, lines }).toEqual({ code: 1, lines: [] })
})

it('the desktop app ends with the whole story in the log when something unexpected happens', async () => {
  const openEngine = async () => Promise.reject(new TypeError('x is not a function'))

  const { app, errorBoxes, lines } = await start({ program: { openEngine } })

  expect(app.exitCode).toBe(1)
  expect(errorBoxes[0]?.content).toBe('x is not a function')
  expect(lines[0]).toMatch(/TypeError: x is not a function\n\s+at /)
})
