import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { closeEngineBeforeQuit } from '#electron/desktop/quit/shutdown.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { readableLog } from '#tests/support/readable-log.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A program about to be quit, and the order in which things happen to it. */
function running(closeEngine: () => Promise<void>) {
  const { electron, app } = electronStandIn()
  const { log, lines } = readableLog()
  const happened: string[] = []
  app.on('exited', (code) => happened.push(`exit ${code}`))
  closeEngineBeforeQuit(electron, {
    mayQuit: () => true,
    hideWindows: () => happened.push('windows hidden'),
    closeEngine: async () => {
      happened.push('engine closing')
      await closeEngine()
      happened.push('engine closed')
    },
    deadlineMs: 5_000,
    log,
  })
  return { app, happened, lines }
}

it('quitting hides the window, closes the engine and only then ends the process', async () => {
  const closing = Promise.withResolvers<void>()
  const { app, happened } = running(() => closing.promise)

  app.quit()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(happened).toEqual(['windows hidden', 'engine closing'])
  closing.resolve()
  await vi.advanceTimersByTimeAsync(0)

  expect(happened).toEqual(['windows hidden', 'engine closing', 'engine closed', 'exit 0'])
  expect(vi.getTimerCount()).toBe(0)
})

it('quitting does not wait longer than the deadline for an engine that hangs', async () => {
  const { app, happened, lines } = running(() => new Promise(() => undefined))

  app.quit()
  await vi.advanceTimersByTimeAsync(4_999)
  expect(happened).not.toContain('exit 1')
  await vi.advanceTimersByTimeAsync(1)

  expect(happened.at(-1)).toBe('exit 1')
  expect(lines).toEqual(['error: the engine was not closed within 5000 ms'])
})

it('a second quit ends the process at once, unless it follows within the same shutdown', async () => {
  const { app, happened, lines } = running(() => new Promise(() => undefined))

  app.quit()
  app.quit()
  expect(happened).toEqual(['windows hidden', 'engine closing'])
  await vi.advanceTimersByTimeAsync(3_001)
  app.quit()

  expect(happened).toEqual(['windows hidden', 'engine closing', 'exit 1'])
  expect(lines).toEqual(['warn: quit forced before the engine was closed'])
})

it('quitting ends with an error when the engine cannot be closed', async () => {
  const { app, happened, lines } = running(() => Promise.reject(new Error('the disk is full')))

  app.quit()
  await vi.advanceTimersByTimeAsync(0)

  expect(happened.at(-1)).toBe('exit 1')
  expect(lines).toEqual(['error: the engine did not close: Error: the disk is full'])
})
