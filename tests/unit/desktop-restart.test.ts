import { expect, it } from 'vitest'
import { startDesktop } from '#tests/support/in-process-desktop.ts'

it.each(['second-instance', 'activate'] as const)(
  'a second start while the program is ending restarts it: %s',
  async (event) => {
    const { app, close, exited, windows } = await startDesktop()
    windows[0]?.emit('ready-to-show')
    const closing = Promise.withResolvers<undefined>()
    close.mockReturnValue(closing.promise)
    app.quit()

    app.emit(event)

    expect(windows[0]?.visible).toBe(false)
    closing.resolve(undefined)
    expect(await exited).toBe(0)
    expect(app.relaunched).toEqual({ args: [] })
  },
)

it('after a failed update the program says so once, in the console’s language', async () => {
  const first = await startDesktop({
    program: { argv: ['herald', '--update-failed=2.0.0'] },
    settings: { language: 'ru' },
  })

  await expect.poll(() => first.questions[0]?.message).toBe('Новую версию установить не удалось')

  first.openEngine.mock.calls[0]?.[0].onRestart?.()
  await first.exited
  expect(first.app.relaunched).toEqual({ args: [] })
})

it('on macOS a window leaves full screen before it is hidden', async () => {
  const { app, windows } = await startDesktop({ program: { platform: 'darwin' } })
  const [window] = windows
  window?.emit('ready-to-show')
  window?.setFullScreen(true)

  app.quit()

  expect(window).toMatchObject({ fullScreen: false, visible: true })
  window?.emit('leave-full-screen')
  expect(window).toMatchObject({ visible: false })
})
