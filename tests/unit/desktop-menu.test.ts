import { expect, it } from 'vitest'
import { chooseItem, itemsOf, menuOf } from '#tests/support/electron-stand-in-system.ts'
import { startDesktop } from '#tests/support/in-process-desktop.ts'

const started = async (options: Parameters<typeof startDesktop>[0] = {}) => {
  const desktop = await startDesktop(options)
  return { ...desktop, menu: () => menuOf(desktop.menus) }
}

it.each([
  ['linux', ['fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'help']],
  ['win32', ['fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'help']],
  ['darwin', ['appMenu', 'fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'help']],
] as const)('the menu bar has the standard menus of %s', async (platform, roles) => {
  const { menu } = await started({ program: { platform } })

  expect(menu().map(({ role }) => role)).toEqual(roles)
})

it('every standard item is in the menu once, in the system’s usual place', async () => {
  const rolesOn = async (platform: NodeJS.Platform) =>
    itemsOf((await started({ program: { platform } })).menu()).flatMap(({ role }) => role ?? [])
  const editing = ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll']
  const viewing = ['resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'minimize', 'close', 'quit']

  const [linux, mac] = [await rolesOn('linux'), await rolesOn('darwin')]

  expect(linux).toEqual(expect.arrayContaining([...editing, ...viewing]))
  expect(mac).toEqual(
    expect.arrayContaining([...editing, ...viewing, 'services', 'hide', 'hideOthers', 'unhide', 'zoom', 'front']),
  )
  // Electron has it for macOS alone; elsewhere the item would do nothing.
  expect(linux).not.toContain('zoom')
  expect([linux.length, mac.length]).toEqual([new Set(linux).size, new Set(mac).size])
})

it.each(['linux', 'darwin'] as const)('no shortcut is used twice: %s', async (platform) => {
  const { menu } = await started({ program: { platform } })
  const keys = itemsOf(menu()).flatMap(({ accelerator }) => accelerator ?? [])

  expect(new Set(keys).size).toBe(keys.length)
})

it('only developers get reload and developer tools', async () => {
  const developed = await started({ electron: { isPackaged: false } })
  const installed = await started()

  expect(JSON.stringify(developed.menu())).toContain('toggleDevTools')
  expect(JSON.stringify(installed.menu())).not.toMatch(/toggleDevTools|reload/i)
})

it.each([
  ['New delivery', '/deliveries/new'],
  ['Import clients…', '/clients/import'],
  ['Dashboard', '/'],
  ['Clients', '/clients'],
  ['Do not contact', '/do-not-contact'],
  ['Activity', '/activity'],
  ['Settings…', '/settings'],
])('the menu opens a screen: %s', async (label, screen) => {
  const { windows, menu } = await started()

  chooseItem(menu(), label)

  expect(windows[0]?.webContents.sent).toEqual([{ channel: 'herald:screen-wanted', message: screen }])
  expect(windows[0]).toMatchObject({ visible: true, focused: true })
})

it('on macOS without a window, the menu opens the screen in a new one', async () => {
  const { windows, menu } = await started({ program: { platform: 'darwin' } })
  windows[0]?.close()

  chooseItem(menu(), 'Statistics')

  expect(windows.map(({ url }) => url)).toEqual(['herald://console/#/statistics'])
})

it('the menu uses the system’s language, then the console’s', async () => {
  const { menu, scripted } = await started({ electron: { languages: ['ru-RU'] }, settings: { language: 'system' } })
  expect(menu().map(({ label }) => label)).toEqual(['&Файл', '&Правка', '&Вид', '&Окно', '&Справка'])

  scripted.choose({ language: 'en' })

  await expect.poll(() => menu().map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Window', '&Help'])
})

it('the menu is not replaced while only numbers change', async () => {
  const { menus, scripted, trays } = await started()
  scripted.put({ id: 1 })
  scripted.move(1, 'running', { queued: 50, sent: 50 })
  await expect.poll(() => trays[0]?.tip).toContain('50%')

  expect(menus).toHaveLength(1)
})

it('the menu opens the data folder in the file manager', async () => {
  const { menu, opened, dataDir } = await started()

  chooseItem(menu(), 'Open data folder')

  await expect.poll(() => opened).toEqual([dataDir])
})

it('if the data folder cannot be opened, a dialog gives the reason', async () => {
  const { menu, errorBoxes } = await started({ electron: { openFailure: 'No application is registered' } })

  chooseItem(menu(), 'Open data folder')

  await expect
    .poll(() => errorBoxes)
    .toEqual([{ title: 'The data folder couldn’t be opened', content: 'No application is registered' }])
})

it('diagnostics contain versions, counts and settings, and nothing personal or secret', async () => {
  const { menu, copied, scripted } = await started()
  scripted.put({ id: 1, name: 'To Anna', text: 'Dear Anna' })
  scripted.channel('down')

  chooseItem(menu(), 'Copy diagnostics')

  await expect.poll(() => copied).toHaveLength(1)
  expect(copied[0]?.split('\n')).toEqual([
    'Herald 0.1.0',
    'Electron 45.4.1, Chromium 150, Node 24',
    'linux 6.1 x64',
    'Time zone: Europe/Moscow',
    'Clients: 3',
    'Deliveries: 1 (running 1)',
    'Messages: 9 (queued 7, sent 2)',
    'Gateway: kind=http host=gateway.example hasToken=true concurrency=32 timeoutMs=10000 ratePerSecond=none interrupted=resend fromEnvironment=none',
    'Channel: down',
    'Settings: language=en theme=system whenClosed=ask openAtLogin=false keepAwake=false notifications=true spellCheck=false updateFeed=none',
    '',
  ])
  expect(copied[0]).not.toMatch(/anna|secret|900/i)
})

it('diagnostics can be copied from the about dialog', async () => {
  const { menu, copied, questions, answer } = await started()

  chooseItem(menu(), 'About Herald')
  await answer('Copy diagnostics')

  expect(questions[0]).toMatchObject({
    message: 'Herald',
    detail: expect.stringContaining('Version 0.1.0\nElectron 45'),
  })
  await expect.poll(() => copied[0]).toContain('Clients: 3')
})
