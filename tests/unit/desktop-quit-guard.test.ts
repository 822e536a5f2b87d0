import { expect, it } from 'vitest'
import { closeActionFor } from '#electron/desktop/quit/quit-guard.ts'
import { chooseItem } from '#tests/support/electron-stand-in-system.ts'
import { StandInEvent } from '#tests/support/electron-stand-in-window.ts'
import { startDesktop } from '#tests/support/in-process-desktop.ts'
import { scriptedEngine } from '#tests/support/scripted-engine.ts'

const keep = 'Keep sending in the tray'
const goOn = 'Quit and continue at next launch'

/** The desktop app in the middle of a delivery, and that it knows of it. */
async function sending(options: Parameters<typeof startDesktop>[0] = {}) {
  const desktop = await startDesktop(options)
  desktop.scripted.put({ id: 1 })
  await expect.poll(() => desktop.trays[0]?.tip).toContain('1 delivery is running')
  return desktop
}

it.each([
  ['linux', 'ask', 0, 0, 'quit'],
  ['linux', 'ask', 1, 0, 'ask'],
  ['win32', 'ask', 0, 1, 'ask'],
  ['win32', 'tray', 0, 0, 'tray'],
  ['linux', 'quit', 3, 3, 'quit'],
  ['darwin', 'ask', 1, 1, 'close'],
  ['darwin', 'tray', 0, 0, 'close'],
  ['darwin', 'quit', 0, 0, 'quit'],
] as const)(
  'closing the window on %s with “%s”, %i running and %i scheduled: %s',
  (platform, whenClosed, running, scheduled, action) => {
    expect(closeActionFor(platform, whenClosed, { running, scheduled })).toBe(action)
  },
)

it('closing while sending can keep sending in the tray, which opens the window again', async () => {
  const { windows, trays, answer, questions, scripted, close } = await sending()
  const [window] = windows
  window?.show()

  window?.close()
  await answer(keep)

  await expect.poll(() => window?.visible).toBe(false)
  expect(questions).toMatchObject([
    {
      message: 'Keep sending after the window is closed?',
      detail: expect.stringContaining('1 delivery is running.'),
      checkboxLabel: 'Remember my choice',
    },
  ])
  expect(close).not.toHaveBeenCalled()
  expect(scripted.settings.whenClosed).toBe('ask')
  trays[0]?.emit('click')
  expect(windows).toEqual([window])
  expect(window).toMatchObject({ visible: true, focused: true })
})

it('a remembered answer at closing is not asked for again', async () => {
  const { windows, answer, questions, scripted } = await sending()
  windows[0]?.show()
  windows[0]?.close()
  await answer(keep, { checked: true })
  await expect.poll(() => scripted.settings.whenClosed).toBe('tray')
  await expect.poll(() => windows[0]?.visible).toBe(false)
  windows[0]?.show()

  windows[0]?.close()

  await expect.poll(() => windows[0]?.visible).toBe(false)
  expect(questions).toHaveLength(1)
})

it('closing while sending can quit without a second question', async () => {
  const { windows, answer, questions, exited, close, scripted } = await sending()

  windows[0]?.close()
  await answer('Quit', { checked: true })

  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledOnce()
  expect(scripted.settings.whenClosed).toBe('quit')
  expect(questions).toHaveLength(1)
})

it('closing can be cancelled, and opens one question at a time', async () => {
  const { windows, answer, questions, app } = await sending()
  windows[0]?.show()
  windows[0]?.close()
  windows[0]?.close()
  await answer('Cancel')
  expect(questions).toHaveLength(1)

  windows[0]?.close()
  await answer('Cancel')

  expect(questions).toHaveLength(2)
  expect(windows[0]?.visible).toBe(true)
  expect(app.exitCode).toBeNull()
})

it('closing asks about scheduled deliveries too', async () => {
  const { windows, questions, scripted, trays } = await startDesktop()
  scripted.put({ id: 1, status: 'scheduled' })
  scripted.put({ id: 2 })
  await expect.poll(() => trays[0]?.tip).toContain('1 delivery is running')
  scripted.move(2, 'completed', { sent: 100 })
  await expect.poll(() => trays[0]?.tip).toContain('Nothing')

  windows[0]?.close()

  await expect.poll(() => questions[0]?.detail).toMatch(/^1 delivery is scheduled\./)
})

it('without a tray, closing minimises the window', async () => {
  const desktop = await startDesktop({
    program: { hasTrayHost: async () => false },
    settings: { whenClosed: 'tray', keepAwake: true },
  })
  desktop.scripted.put({ id: 1 })
  await expect.poll(() => desktop.blockers.size).toBe(1)
  desktop.windows[0]?.show()

  desktop.windows[0]?.close()

  await expect.poll(() => desktop.windows[0]).toMatchObject({ minimized: true, visible: true })
})

it('the question at closing uses the console’s language', async () => {
  const { windows, questions, scripted, trays } = await sending()
  scripted.choose({ language: 'ru' })
  await expect.poll(() => trays[0]?.tip).toContain('Идёт 1 рассылка')

  windows[0]?.close()

  await expect.poll(() => questions[0]?.message).toBe('Продолжать отправку после закрытия окна?')
})

it('quitting while sending can keep sending in the tray', async () => {
  const { app, windows, answer, questions, close } = await sending()
  windows[0]?.show()

  app.quit()
  await answer(keep)

  await expect.poll(() => windows[0]?.visible).toBe(false)
  expect(questions.map(({ message }) => message)).toEqual(['Quit while messages are being sent?'])
  expect({ code: app.exitCode, calls: close.mock.calls }).toEqual({ code: null, calls: [] })
})

it('quitting while sending can continue at the next start', async () => {
  const { app, answer, exited, close } = await sending()

  app.quit()
  expect(close).not.toHaveBeenCalled()
  await answer(goOn)

  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledOnce()
})

it('quitting while sending can be cancelled and requested again', async () => {
  const { app, windows, answer, questions, exited } = await sending()
  windows[0]?.show()
  app.quit()
  await answer('Cancel')
  app.quit()
  await expect.poll(() => questions.length).toBe(2)
  expect({ code: app.exitCode, visible: windows[0]?.visible }).toEqual({ code: null, visible: true })

  await answer(goOn)

  expect(await exited).toBe(0)
})

it('quitting while the store opens waits for it and closes it', async () => {
  const scripted = scriptedEngine()
  const openEngine = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return scripted.engine
  }

  const { exited, lines } = await startDesktop({ program: { openEngine, stopRequested: () => Promise.resolve() } })

  expect(await exited).toBe(0)
  expect(scripted.close).toHaveBeenCalledOnce()
  expect(lines).toEqual([])
})

it('quitting from the tray asks too', async () => {
  const { trays, questions } = await sending()

  chooseItem(trays[0]?.menu, 'Quit Herald')

  await expect.poll(() => questions.length).toBe(1)
})

it('quitting asks nothing if the delivery has just completed', async () => {
  const { app, questions, exited, scripted } = await sending()
  scripted.move(1, 'completed', { sent: 100 })

  app.quit()

  expect(await exited).toBe(0)
  expect(questions).toEqual([])
})

it('quitting asks nothing if nothing is running', async () => {
  const { app, questions, exited, scripted, trays } = await sending()
  scripted.move(1, 'paused', { queued: 40, sent: 60 })
  await expect.poll(() => trays[0]?.tip).toBe('Herald · Nothing is being sent')

  app.quit()

  expect(await exited).toBe(0)
  expect(questions).toEqual([])
})

it.each(['the system shuts down', 'a terminal requests it'])('quitting asks nothing when %s', async (who) => {
  const stop = Promise.withResolvers<void>()
  const { powerMonitor, questions, exited } = await sending({ program: { stopRequested: () => stop.promise } })

  if (who === 'the system shuts down') powerMonitor.emit('shutdown')
  else stop.resolve()

  expect(await exited).toBe(0)
  expect(questions).toEqual([])
})

it('the end of a Windows session waits for messages in flight, without a question', async () => {
  const { windows, questions, exited } = await sending({ program: { platform: 'win32' } })
  const event = new StandInEvent()

  windows[0]?.emit('query-session-end', event)
  windows[0]?.emit('session-end')

  expect(await exited).toBe(0)
  expect(event.prevented).toBe(true)
  expect(questions).toEqual([])
})

it('signals are handled once Electron is ready, which sets its own handlers before', async () => {
  let isHeard = false
  let wasHeardBefore = false
  await startDesktop({
    program: {
      stopRequested() {
        isHeard = true
        return new Promise(() => undefined)
      },
    },
    electron: {
      onReady() {
        wasHeardBefore = isHeard
      },
    },
  })
  expect({ wasHeardBefore, isHeard }).toEqual({ wasHeardBefore: false, isHeard: true })
})
