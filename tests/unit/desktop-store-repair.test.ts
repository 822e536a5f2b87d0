import { describe, expect, it } from 'vitest'
import { restoreWish } from '#electron/desktop/store-repair.ts'
import { EngineOpenError, type EngineOptions } from '#electron/engine.ts'
import { backupName } from '#shared/domain/backup-name.ts'
import { startDesktop } from '#tests/support/started-desktop.ts'

const argv = ['/opt/Herald/herald', '--hidden']

function damaged(newestBackup: string | null) {
  return async (_options: EngineOptions): Promise<never> => {
    throw new EngineOpenError('the store is damaged', { damage: { newestBackup } })
  }
}

describe('on a damaged store the desktop app', () => {
  const newest = backupName('daily', Date.parse('2026-11-30T01:02:03.456Z'))

  it.each([
    ['restores its newest whole backup', newest, /^Restore the backup of/, ['--hidden', '--restore=newest']],
    ['begins with an empty one', newest, /^Begin with an empty store$/, ['--hidden', '--restore=none']],
    ['begins with an empty one where there is no backup', null, /^Begin/, ['--hidden', '--restore=none']],
    ['quits and leaves everything as it is', newest, /^Quit$/, null],
  ] as const)('asks, and %s', async (_, backup, button, relaunched) => {
    let asked: readonly string[] = []
    const { app, questions, errorBoxes } = await startDesktop({
      program: { argv, openEngine: damaged(backup) },
      answers: (buttons) => {
        asked = buttons
        return buttons.findIndex((label) => button.test(label))
      },
    })
    expect(asked).toHaveLength(backup === null ? 2 : 3)
    expect(questions[0]?.detail).toContain('is put aside in the data folder, not deleted')
    expect(app.relaunchArgs).toEqual(relaunched)
    expect(app.exitCode).toBe(1)
    expect(errorBoxes).toEqual([])
  })

  it('does at its next start what was chosen, and nothing else that an argument may say', () => {
    expect(restoreWish([...argv, '--restore=newest'])).toBe('newest')
    expect(restoreWish([...argv, '--restore=none'])).toBe('none')
    expect(restoreWish([...argv, '--restore=../../etc/passwd'])).toBeUndefined()
    expect(restoreWish(argv)).toBeUndefined()
  })
})

describe('when a backup is to take the place of the store, the desktop app', () => {
  it('closes its engine without a question and starts anew as it was started', async () => {
    const { app, openEngine, close, exited, questions } = await startDesktop({
      program: { argv: [...argv, '--restore=newest'] },
    })
    openEngine.mock.calls[0]?.[0].onRestart?.()
    expect(await exited).toBe(0)
    expect(close).toHaveBeenCalledOnce()
    expect(app.relaunchArgs).toEqual(['--hidden'])
    expect(questions).toEqual([])
  })
})
