import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { EngineOpenError } from '#electron/engine.ts'
import { chooseItem } from '#tests/support/electron-stand-in-system.ts'
import { startDesktop, temporaryDataDir } from '#tests/support/in-process-desktop.ts'
import { asAppImage, asPortable } from '#tests/support/single-file.ts'

it('after a sleep the scheduler checks what is due', async () => {
  const { powerMonitor, scripted } = await startDesktop()
  expect(scripted.wake).not.toHaveBeenCalled()

  powerMonitor.emit('resume')

  expect(scripted.wake).toHaveBeenCalledOnce()
})

it('the machine is kept awake only while a delivery is running and the setting is on', async () => {
  const { scripted, blockers, trays } = await startDesktop()
  scripted.put({ id: 1 })
  await expect.poll(() => trays[0]?.tip).toContain('running')
  expect(blockers.size).toBe(0)

  scripted.choose({ keepAwake: true })
  await expect.poll(() => blockers.size).toBe(1)
  scripted.move(1, 'running', { queued: 50, sent: 50 })
  await expect.poll(() => trays[0]?.tip).toContain('50%')
  expect(blockers.size).toBe(1)

  scripted.move(1, 'completed', { sent: 100 })
  await expect.poll(() => blockers.size).toBe(0)
})

it('the machine may sleep again when the program quits during a delivery', async () => {
  const { scripted, blockers, powerMonitor, exited } = await startDesktop({ settings: { keepAwake: true } })
  scripted.put({ id: 1 })
  await expect.poll(() => blockers.size).toBe(1)

  powerMonitor.emit('shutdown')

  await exited
  expect(blockers.size).toBe(0)
})

it('a page that crashes is reloaded with an explanation, and the log has the reason', async () => {
  const { windows, questions, lines } = await startDesktop()
  windows[0]?.show()

  windows[0]?.webContents.crash('oom')

  await expect.poll(() => windows[0]?.webContents.reloads).toBe(1)
  expect(questions.map(({ message }) => message)).toEqual(['The window crashed and was reloaded'])
  expect(lines).toEqual(['error: the page of the window crashed: oom (139)'])
})

it('a hidden page that crashes is reloaded without a dialog', async () => {
  const { windows, questions } = await startDesktop()

  windows[0]?.webContents.crash()

  await expect.poll(() => windows[0]?.webContents.reloads).toBe(1)
  expect(questions).toEqual([])
})

it('a page that keeps crashing is reloaded three times a minute, then only if the user agrees', async () => {
  const { windows, questions, answer } = await startDesktop()
  const page = windows[0]?.webContents
  windows[0]?.show()
  for (const _time of [1, 2, 3, 4]) page?.crash()
  await expect.poll(() => page?.reloads).toBe(3)
  expect(questions.map(({ message }) => message)).toEqual([
    'The window crashed and was reloaded',
    'The window keeps crashing',
  ])

  await answer('OK')
  await answer('Reload')

  await expect.poll(() => page?.reloads).toBe(4)
  page?.crash()
  await expect.poll(() => page?.reloads).toBe(5)
})

it('the question about a crashed page returns when the user shows the window', async () => {
  const { windows, questions, answer, trays } = await startDesktop()
  const page = windows[0]?.webContents
  for (const _time of [1, 2, 3, 4]) page?.crash()
  expect(questions).toEqual([])

  trays[0]?.emit('click')
  expect(questions.map(({ message }) => message)).toEqual(['The window keeps crashing'])
  await answer('Leave closed')
  await expect.poll(() => windows[0]?.visible).toBe(false)
  trays[0]?.emit('click')
  await answer('Reload')

  await expect.poll(() => page?.reloads).toBe(4)
})

it('a page that ends normally is not reloaded', async () => {
  const { windows } = await startDesktop()

  windows[0]?.webContents.crash('clean-exit')
  windows[0]?.webContents.crash()

  await expect.poll(() => windows[0]?.webContents.reloads).toBe(1)
})

it('a hidden start shows a window if no panel shows the tray', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const hasTrayHost = vi.fn(async () => false)
  const { windows } = await startDesktop({ program: { argv: ['herald', '--hidden'], hasTrayHost } })

  await vi.advanceTimersByTimeAsync(20_000)
  expect(windows).toEqual([])
  await vi.advanceTimersByTimeAsync(20_000)
  windows[0]?.emit('ready-to-show')

  expect(windows[0]?.visible).toBe(true)
})

it('a hidden start that fails shows the reason and no window', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const openEngine = () => Promise.reject(new EngineOpenError({ code: 'directory_in_use', params: { path: '/data' } }))
  const { windows, errorBoxes } = await startDesktop({
    program: { argv: ['herald', '--hidden'], hasTrayHost: async () => false, openEngine },
  })

  await vi.advanceTimersByTimeAsync(60_000)

  expect(windows).toEqual([])
  expect(errorBoxes).toHaveLength(1)
})

it('a hidden start stays in the tray if the panel starts later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const hasTrayHost = vi.fn(async () => true)
  hasTrayHost.mockResolvedValueOnce(false).mockResolvedValueOnce(false)
  const { windows, trays } = await startDesktop({ program: { argv: ['herald', '--hidden'], hasTrayHost } })
  const [early] = trays

  await vi.advanceTimersByTimeAsync(60_000)

  expect({ windows, looks: hasTrayHost.mock.calls.length }).toEqual({ windows: [], looks: 3 })
  // Chromium looks for a panel when a tray is made, and never again.
  expect(trays).not.toEqual([early])
  expect(trays.map(({ tip }) => tip)).toEqual(['Herald · Nothing is being sent'])
})

it.each(['win32', 'darwin'] as const)(
  'the system starts the program at login if the setting is on: %s',
  async (platform) => {
    const { app, scripted, trays } = await startDesktop({ program: { platform } })
    scripted.put({ id: 1 })
    await expect.poll(() => trays[0]?.tip).toContain('running')
    expect(app.loginItemChanges).toBe(0)

    scripted.choose({ openAtLogin: true })
    await expect.poll(() => app.loginItem).toMatchObject({ openAtLogin: true, args: ['--hidden'] })
    scripted.choose({ theme: 'dark' })
    scripted.choose({ openAtLogin: false })

    await expect.poll(() => app.loginItem.openAtLogin).toBe(false)
    expect(app.loginItemChanges).toBe(2)
  },
)

it('on Linux an autostart entry is written and removed', async () => {
  const home = await temporaryDataDir()
  const file = join(home, '.config/autostart/herald.desktop')
  const entry = () => readFile(file, 'utf8').catch(() => null)
  const execPath = '/opt/My "Herald"/100%/$HOME\\herald'
  const { scripted } = await startDesktop({ program: { environment: { HOME: home }, execPath } })

  scripted.choose({ openAtLogin: true })
  await expect.poll(entry).toContain('Exec="/opt/My \\\\"Herald\\\\"/100%%/\\\\$HOME\\\\\\\\herald" --hidden\n')
  // Which the desktop looks for before it starts anything: what is no longer installed is not missed at each login.
  expect(await entry()).toContain('\nTryExec=/opt/My "Herald"/100%/$HOME\\\\herald\n')
  scripted.choose({ openAtLogin: false })

  await expect.poll(entry).toBeNull()
})

it('on Linux the entry names the AppImage, and the desktop’s own lines stay', async () => {
  const config = await temporaryDataDir()
  const file = join(config, 'autostart/herald.desktop')
  const entry = '[Desktop Entry]\nExec="/home/me/Herald.AppImage" --hidden\nX-GNOME-Autostart-enabled=false\n'
  await mkdir(dirname(file))
  await writeFile(file, entry)
  const { environment, execPath } = asAppImage('/home/me/Herald.AppImage')
  const { trays, scripted } = await startDesktop({
    settings: { openAtLogin: true },
    program: { environment: { ...environment, XDG_CONFIG_HOME: config }, execPath },
  })
  scripted.put({ id: 1 })
  await expect.poll(() => trays[0]?.tip).toContain('running')

  expect(await readFile(file, 'utf8')).toBe(entry)
})

it('a program that runs from its sources never starts at login', async () => {
  const { app, scripted, trays } = await startDesktop({
    electron: { isPackaged: false },
    program: { platform: 'win32' },
    settings: { openAtLogin: true },
  })
  scripted.put({ id: 1 })
  await expect.poll(() => trays[0]?.tip).toContain('running')

  expect(app.loginItemChanges).toBe(0)
})

it.each(['win32', 'darwin', 'linux'] as const)(
  'a program with HERALD_DATA_DIR does not change the start at login: %s',
  async (platform) => {
    const home = await temporaryDataDir()
    const entry = '[Desktop Entry]\nExec="/opt/Herald/herald" --hidden\n'
    await mkdir(join(home, 'autostart'))
    await writeFile(join(home, 'autostart/herald.desktop'), entry)
    const environment = { XDG_CONFIG_HOME: home, HERALD_DATA_DIR: '/data/second' }
    const { app, scripted, trays, openEngine } = await startDesktop({ program: { platform, environment } })
    expect(openEngine.mock.calls[0]?.[0]).toMatchObject({ dataDirFromEnvironment: true })

    for (const openAtLogin of [true, false]) scripted.choose({ openAtLogin })
    scripted.put({ id: 1 })
    await expect.poll(() => trays[0]?.tip).toContain('running')

    expect(app.loginItemChanges).toBe(0)
    expect(await readdir(join(home, 'autostart'))).toEqual(['herald.desktop'])
    expect(await readFile(join(home, 'autostart/herald.desktop'), 'utf8')).toBe(entry)
  },
)

it('a start at login that cannot be set is logged', async () => {
  const { lines } = await startDesktop({ settings: { openAtLogin: true } })

  await expect
    .poll(() => lines)
    .toEqual([
      'warn: not all settings were applied: Error: neither XDG_CONFIG_HOME nor HOME is set, so there is no autostart folder',
    ])
})

it.each([
  ['an argument', { program: { argv: ['herald', '--hidden'] } }],
  ['macOS', { program: { platform: 'darwin' as const }, electron: { openedAtLogin: true } }],
])('a hidden start opens a window only from the tray: %s', async (_who, options) => {
  const { windows, trays } = await startDesktop(options)
  expect(windows).toEqual([])

  chooseItem(trays[0]?.menu, 'Open Herald')

  expect(windows.map(({ url }) => url)).toEqual(['herald://console/'])
})
it('on Windows a hidden start has a hidden window, which hears of the session’s end', async () => {
  const { windows } = await startDesktop({ program: { platform: 'win32', argv: ['herald', '--hidden'] } })

  windows[0]?.emit('ready-to-show')

  expect(windows.map(({ visible }) => visible)).toEqual([false])
})

it('a portable program starts its own file at login, and checks no update feed', async () => {
  const updater = vi.fn()
  const { environment } = asPortable('D:\\Herald.exe')
  const { app, openEngine } = await startDesktop({
    settings: { openAtLogin: true, updateFeed: 'https://herald.example/new' },
    program: { platform: 'win32', environment, updater },
  })

  await expect.poll(() => app.loginItem).toMatchObject({ openAtLogin: true, path: 'D:\\Herald.exe' })
  expect(openEngine.mock.calls[0]?.[0]).toMatchObject({ isPortable: true })
  expect(updater).not.toHaveBeenCalled()
})
