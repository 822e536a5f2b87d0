import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it, vi } from 'vitest'
import { EngineOpenError, type EngineOptions } from '#electron/engine.ts'
import { backupName } from '#shared/domain/backup-name.ts'
import { startDesktop, temporaryDataDir } from '#tests/support/in-process-desktop.ts'
import { asAppImage, asPortable } from '#tests/support/single-file.ts'

const argv = ['/opt/Herald/herald', '--hidden', '--lang=ru']
const newest = backupName('daily', Date.parse('2026-11-30T01:02:03.456Z'))

it.each([
  ['has its newest whole backup restored', newest, /^Restore the backup of/, 'newest'],
  ['begins with an empty one', newest, /^Start with empty data$/, 'none'],
  ['begins with an empty one where there is no backup', null, /^Start/, 'none'],
  ['quits and leaves everything as it is', newest, /^Quit$/, null],
] as const)('with a damaged store the program asks, and %s', async (_, newestBackup, button, replaced) => {
  let asked: readonly string[] = []
  const replace = vi.fn(async () => undefined)
  const openEngine = async (_options: EngineOptions): Promise<never> => {
    throw new EngineOpenError(
      { code: 'store_file_damaged', params: { file: 'herald.db' } },
      { damage: { newestBackup, replace } },
    )
  }
  const { app, windows, questions, errorBoxes } = await startDesktop({
    program: { argv: ['/opt/Herald/herald', '--lang=ru'], openEngine },
    answers: (buttons) => {
      asked = buttons
      return buttons.findIndex((label) => button.test(label))
    },
  })
  expect(asked).toHaveLength(newestBackup === null ? 2 : 3)
  expect(questions[0]?.detail).toContain('is kept in the data folder, not deleted')
  expect(replace.mock.calls).toEqual(replaced === null ? [] : [[replaced]])
  expect(app.relaunched).toEqual(replaced === null ? null : { args: ['--lang=ru'] })
  expect(app.exitCode).toBe(1)
  expect(errorBoxes).toEqual([])
  expect(windows.map(({ visible }) => visible)).toEqual([false])
})

it('a restore closes the engine without a question and restarts the program', async () => {
  const { app, openEngine, close, exited, questions } = await startDesktop({ program: { argv } })
  openEngine.mock.calls[0]?.[0].onRestart?.()
  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledOnce()
  // The user is present, so the window is shown.
  expect(app.relaunched).toEqual({ args: ['--lang=ru'] })
  expect(questions).toEqual([])
})

// Windows does not start a script, so only the second case runs there.
it.skipIf(process.platform === 'win32').each([
  ['an AppImage', asAppImage],
  ['a portable program', asPortable],
])('a restore restarts the program from its single file after it has ended: %s', async (_kind, as) => {
  const file = join(await temporaryDataDir(), 'Herald.sh')
  await writeFile(file, '#!/bin/sh\necho "$@" > "$0.started"\n', { mode: 0o755 })
  const { app, openEngine, exited } = await startDesktop({ program: { argv, ...as(file) } })

  openEngine.mock.calls[0]?.[0].onRestart?.()
  await exited

  await expect.poll(() => readFile(`${file}.started`, 'utf8').catch(() => null)).toBe('--lang=ru\n')
  // The next process must not find the old one's lock, and Electron's `relaunch` would run from the old folder.
  expect({ hasLock: app.hasLock, relaunched: app.relaunched }).toEqual({ hasLock: false, relaunched: null })
})

it('several requests restart the program once', async () => {
  const { app, openEngine, exited } = await startDesktop()
  const relaunch = vi.spyOn(app, 'relaunch')
  openEngine.mock.calls[0]?.[0].onRestart?.()
  app.emit('second-instance')
  await exited
  expect(relaunch).toHaveBeenCalledOnce()
})

it('--forget-passphrase counts for one start only', async () => {
  const { app, openEngine } = await startDesktop({ program: { argv: [...argv, '--forget-passphrase'] } })
  expect(openEngine.mock.calls[0]?.[0].forgetPassphrase).toBe(true)
  openEngine.mock.calls[0]?.[0].onRestart?.()
  expect(app.relaunched).toEqual({ args: ['--lang=ru'] })
})
