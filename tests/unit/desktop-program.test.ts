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

it('the engine gets the data directory, the built jobs and the environment', async () => {
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

it("Chromium's files are in a folder next to the store", async () => {
  const { app, dataDir } = await start()

  const folder = join(dataDir, 'browser')
  expect(app.paths.get('userData')).toBe(folder)
  expect(existsSync(folder)).toBe(true)
})

it('secrets are kept in the keyring', async () => {
  const { openEngine } = await start()
  const box = openEngine.mock.calls[0]?.[0].secrets

  const sealed = await box?.seal('token')

  expect(sealed).toMatch(/^keyring:/)
  expect(await box?.open(sealed ?? '')).toBe('token')
})

it('only a program that is not packaged loads from a development server', async () => {
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

it('a second start brings the window forward', async () => {
  const { app, windows } = await start()
  const [window] = windows
  Object.assign(window ?? {}, { minimized: true, visible: false })

  app.emit('second-instance', {}, ['herald'], '/', null)

  expect(windows).toEqual([window])
  expect(window).toMatchObject({ minimized: false, visible: true, log: ['focus'] })
})

it('a start without the system’s sandbox is logged', async () => {
  const { lines } = await start({ electron: { switches: ['no-sandbox'] } })

  expect(lines).toEqual([expect.stringContaining("warn: the console's pages run without the system's sandbox")])
})

it('a second process ends and does not open the store', async () => {
  const { app, openEngine, windows } = await start({ electron: { firstInstance: false } })

  expect(openEngine).not.toHaveBeenCalled()
  expect(windows).toEqual([])
  expect(app.exitCode).toBe(0)
})

it.each(['linux', 'win32'] as const)('closing the window ends the program: %s', async (platform) => {
  const { windows, close, exited } = await start({ program: { platform } })

  windows[0]?.close()

  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledOnce()
})

it('on macOS the program runs on without a window, and reopens it', async () => {
  const { app, windows, close } = await start({ program: { platform: 'darwin' } })

  windows[0]?.close()
  expect(close).not.toHaveBeenCalled()
  app.emit('activate')

  expect(windows.map(({ url }) => url)).toEqual(['herald://console/'])
  expect(app.exitCode).toBeNull()
})

it('the engine is closed before the process ends', async () => {
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

it('a data directory that cannot be opened ends the program with the reason', async () => {
  const error = new EngineOpenError({ code: 'directory_in_use', params: { path: '/data' } })
  const reason = error.message
  const openEngine = async () => Promise.reject(error)

  const { app, errorBoxes, lines } = await start({ program: { openEngine } })

  expect(errorBoxes).toEqual([{ title: 'Herald', content: reason }])
  expect(app.exitCode).toBe(1)
  expect(lines).toEqual([`error: the program did not start: ${reason}`])
})

it('a data directory that is a file ends the program with the reason, without a log', async () => {
  const file = join(await temporaryDataDir(), 'a file')
  await writeFile(file, '')

  const { app, errorBoxes, lines } = await start({ program: { dataDir: file } })

  expect(errorBoxes).toEqual([
    { title: 'Herald', content: `${file} is a file, not a directory: choose another data directory` },
  ])
  expect({ code: app.exitCode, lines }).toEqual({ code: 1, lines: [] })
})

it('an unexpected error ends the program with the stack in the log', async () => {
  const openEngine = async () => Promise.reject(new TypeError('x is not a function'))

  const { app, errorBoxes, lines } = await start({ program: { openEngine } })

  expect(app.exitCode).toBe(1)
  expect(errorBoxes[0]?.content).toBe('x is not a function')
  expect(lines[0]).toMatch(/TypeError: x is not a function\n\s+at /)
})
