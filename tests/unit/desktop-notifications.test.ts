import { expect, it } from 'vitest'
import type { Channel } from '#shared/contract/gateway.ts'
import { startDesktop } from '#tests/support/in-process-desktop.ts'
import { asPortable } from '#tests/support/single-file.ts'

/** The desktop app in the middle of a delivery, with its window behind others. */
async function sending(options: Parameters<typeof startDesktop>[0] = {}) {
  const desktop = await startDesktop(options)
  desktop.scripted.put({ id: 7, name: 'Sale' })
  await expect.poll(() => desktop.trays[0]?.tip).toContain('running')
  return desktop
}

const textsOf = (notices: readonly { title: string | undefined; body: string | undefined }[]) =>
  notices.map(({ title, body }) => [title, body])

it('a completed delivery is notified, and a click opens its screen', async () => {
  const { scripted, notices, windows } = await sending()

  scripted.move(7, 'completed', { sent: 1200 })

  await expect.poll(() => textsOf(notices)).toEqual([['“Sale” completed', '1,200 messages sent']])
  notices[0]?.click()
  expect(windows[0]?.webContents.sent).toEqual([{ channel: 'herald:screen-wanted', message: '/deliveries/7' }])
  expect(windows[0]).toMatchObject({ visible: true, focused: true })
})

it('the notification of a delivery with failures counts them', async () => {
  const { scripted, notices } = await sending()

  scripted.move(7, 'completed', { sent: 1, failed: 2, expired: 1, cancelled: 4 })

  await expect
    .poll(() => textsOf(notices))
    .toEqual([['“Sale” finished with failures', '3 messages not sent · 1 message sent']])
})

it.each([
  ['down', 'Gateway unreachable', '/'],
  ['stopped', 'Sending has stopped: the gateway rejected your token', '/settings'],
  ['failing', 'Sending keeps crashing', '/activity?view=log'],
  ['blocked', 'Can’t save data, so sending is on hold', '/'],
] as const)(
  'an outage is notified once, and a click opens the screen that helps: %s',
  async (status, title, screen) => {
    const { scripted, notices, windows, trays } = await sending()

    scripted.channel(status)
    await expect.poll(() => notices.map((notice) => notice.title)).toEqual([title])
    scripted.channel(status)
    scripted.channel('open')
    await expect.poll(() => trays[0]?.tip).toContain('running')

    expect(notices).toHaveLength(1)
    notices[0]?.click()
    expect(windows[0]?.webContents.sent.map(({ message }) => message)).toEqual([screen])
  },
)

it('a portable program uses tray balloons: a notification would point to its temporary folder', async () => {
  const { environment } = asPortable('D:\\Herald.exe')
  const { app, scripted, lock, notices, trays, windows } = await sending({
    program: { platform: 'win32', environment },
  })

  scripted.move(7, 'completed', { sent: 1200 })

  await expect.poll(() => trays[0]?.balloons).toEqual([{ title: '“Sale” completed', content: '1,200 messages sent' }])
  trays[0]?.emit('balloon-click')
  expect(windows[0]?.webContents.sent).toEqual([{ channel: 'herald:screen-wanted', message: '/deliveries/7' }])
  Object.assign(lock, { hasPassphrase: true, isLocked: true })
  scripted.changed('lock')
  await expect.poll(() => trays[0]?.balloons).toEqual([])
  expect({ notices, name: app.userModelId }).toEqual({ notices: [], name: null })
})

it('a notification that the system does not show is logged', async () => {
  const { scripted, notices, lines } = await sending()
  scripted.move(7, 'completed', { sent: 1 })
  await expect.poll(() => notices).toHaveLength(1)

  notices[0]?.emit('failed', {}, 'Notifications are not allowed for this application')

  expect(lines.at(-1)).toBe(
    'warn: the system does not show notifications: Notifications are not allowed for this application',
  )
})

it('on Windows a program that runs from its sources uses balloons too', async () => {
  const { scripted, notices, trays } = await sending({
    program: { platform: 'win32' },
    electron: { isPackaged: false },
  })

  scripted.move(7, 'completed', { sent: 1 })

  await expect.poll(() => trays[0]?.balloons).toHaveLength(1)
  expect(notices).toEqual([])
})

it('on Windows an installed program uses its installer’s id', async () => {
  const { app } = await startDesktop({ program: { platform: 'win32' } })

  expect(app.userModelId).toBe('app.herald.desktop')
})

it('a click on a notification opens a new window if there is none', async () => {
  const { scripted, notices, windows } = await sending({ program: { argv: ['herald', '--hidden'] } })
  scripted.move(7, 'completed', { sent: 1 })
  await expect.poll(() => notices).toHaveLength(1)

  notices[0]?.click()

  expect(windows.map(({ url }) => url)).toEqual(['herald://console/#/deliveries/7'])
})

it('a delivery that started and completed between two reads is notified', async () => {
  const { scripted, notices } = await sending()

  scripted.move(8, 'completed', { sent: 5 })

  await expect.poll(() => textsOf(notices)).toEqual([['“Delivery 8” completed', '5 messages sent']])
})

it('a completion is notified once, and again after a retry', async () => {
  const { scripted, notices, trays } = await sending()
  scripted.move(7, 'completed', { sent: 1, failed: 1 })
  await expect.poll(() => notices).toHaveLength(1)
  scripted.move(7, 'completed', { sent: 1, failed: 1 })
  scripted.put({ id: 9 })
  await expect.poll(() => trays[0]?.tip).toContain('running')
  scripted.put({ id: 9, status: 'paused' })
  await expect.poll(() => trays[0]?.tip).toContain('Nothing')
  expect(notices).toHaveLength(1)
  scripted.move(7, 'running', { sent: 1, queued: 1 })
  await expect.poll(() => trays[0]?.tip).toContain('running')
  expect(notices).toHaveLength(1)

  scripted.move(7, 'completed', { sent: 2 })

  await expect.poll(() => notices.map(({ title }) => title)).toHaveLength(2)
  expect(notices[1]?.title).toBe('“Sale” completed')
})

it('while the program is locked, notifications and the tray name no delivery', async () => {
  const { scripted, lock, notices, trays } = await sending()
  Object.assign(lock, { hasPassphrase: true, isLocked: true })
  scripted.put({ id: 8, name: 'Debtors' })
  await expect.poll(() => trays[0]?.tip).toBe('Herald · 2 deliveries are running: 0%')
  const shown = JSON.stringify([trays[0]?.tip, trays[0]?.menu])

  scripted.move(7, 'completed', { sent: 3 })
  scripted.move(8, 'completed', { sent: 1, failed: 2 })

  await expect
    .poll(() => textsOf(notices))
    .toEqual([
      ['A delivery completed', '3 messages sent'],
      ['A delivery finished with failures', '2 messages not sent · 1 message sent'],
    ])
  for (const name of ['Sale', 'Debtors']) expect(shown).not.toContain(name)
  lock.isLocked = false
  scripted.put({ id: 9, name: 'Bills' })
  scripted.move(9, 'completed', { sent: 1 })
  await expect.poll(() => notices.at(-1)?.title).toBe('“Bills” completed')
})

it('locking removes the notifications that name a delivery, and no others', async () => {
  const { scripted, lock, notices } = await sending()
  scripted.put({ id: 8, name: 'Debtors' })
  scripted.channel('down')
  scripted.move(7, 'completed', { sent: 3 })
  scripted.move(8, 'completed', { sent: 4 })
  await expect.poll(() => notices).toHaveLength(3)
  notices[1]?.timeOut()
  scripted.changed('lock')

  Object.assign(lock, { hasPassphrase: true, isLocked: true })
  scripted.changed('lock')

  await expect.poll(() => notices.map(({ title }) => title)).toEqual(['Gateway unreachable'])
})

it('old notifications are closed, so that locking removes all that name a delivery', async () => {
  const { scripted, lock, notices } = await sending()
  for (let id = 100; id < 125; id += 1) scripted.put({ id, name: `Debtors ${id}` })
  for (let id = 100; id < 125; id += 1) scripted.move(id, 'completed', { sent: 1 })
  await expect.poll(() => notices.at(-1)?.title).toBe('“Debtors 124” completed')
  expect(notices).toHaveLength(20)

  Object.assign(lock, { hasPassphrase: true, isLocked: true })
  scripted.changed('lock')

  await expect.poll(() => notices).toEqual([])
})

it('a notification can still be clicked in the system’s list', async () => {
  const { scripted, notices, windows } = await sending()
  scripted.move(7, 'completed', { sent: 1 })
  await expect.poll(() => notices).toHaveLength(1)
  notices[0]?.timeOut()

  notices[0]?.click()

  expect(windows[0]?.webContents.sent).toEqual([{ channel: 'herald:screen-wanted', message: '/deliveries/7' }])
})

it.each([
  ['the user is looking at the console', 'front'],
  ['the user turned them off', 'setting'],
  ['the system has none', 'system'],
  ['the user cancelled the delivery', 'cancelled'],
])('no notification is shown when %s', async (_why, why) => {
  const { scripted, notices, trays } = await sending({
    electron: { hasNotifications: why !== 'system' },
    settings: { notifications: why !== 'setting' },
  })
  if (why === 'front') trays[0]?.emit('click')

  scripted.move(7, why === 'cancelled' ? 'cancelled' : 'completed', { sent: 1 })

  await expect.poll(() => trays[0]?.tip).toContain('Nothing')
  expect(notices).toEqual([])
})

it('the taskbar shows progress and the number of running deliveries', async () => {
  const { scripted, app, windows } = await sending()
  scripted.move(7, 'running', { queued: 25, sent: 75 })
  await expect.poll(() => windows[0]?.progress).toEqual({ share: 0.75, mode: 'normal' })
  expect(app.badge).toBe(1)

  scripted.move(7, 'completed', { sent: 100 })

  await expect.poll(() => windows[0]?.progress).toBeNull()
  expect(app.badge).toBe(0)
})

it.each([
  ['down', 'paused'],
  ['stopped', 'error'],
  ['failing', 'error'],
  ['blocked', 'error'],
] as const satisfies readonly (readonly [Channel['status'], string])[])(
  'the taskbar shows that sending has stopped: %s',
  async (status, mode) => {
    const { scripted, windows } = await sending()

    scripted.channel(status)

    await expect.poll(() => windows[0]?.progress?.mode).toBe(mode)
  },
)

it('on Windows the taskbar shows a dot', async () => {
  const { scripted, windows } = await sending({ program: { platform: 'win32' } })
  await expect.poll(() => windows[0]?.overlay).toBe('1 delivery is running: 0%')

  scripted.channel('down')
  await expect.poll(() => windows[0]?.overlay).toBe('Gateway unreachable')
  scripted.channel('open')
  scripted.move(7, 'completed', { sent: 100 })

  await expect.poll(() => windows[0]?.overlay).toBeNull()
})

it('a reopened window shows the same progress', async () => {
  const { scripted, windows, app } = await sending({ program: { platform: 'darwin' } })
  scripted.move(7, 'running', { queued: 50, sent: 50 })
  await expect.poll(() => windows[0]?.progress?.share).toBe(0.5)
  windows[0]?.close()

  app.emit('activate')

  expect(windows[0]?.progress?.share).toBe(0.5)
})
