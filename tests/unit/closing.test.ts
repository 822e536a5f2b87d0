import { expect, it } from 'vitest'
import { wayOfClosing } from '#electron/desktop/quit/quit-guard.ts'
import { closingShown, closingsOn, closingWords } from '../../renderer/features/settings/closing.ts'

it.each(['win32', 'linux'])(
  'all that closing the window can do is offered, in the words of the tray: %s',
  (platform) => {
    expect(closingsOn(platform)).toEqual(['ask', 'tray', 'quit'])
    expect(closingWords(platform, 'tray')).toBe('desktop.whenClosed.tray')
    for (const chosen of closingsOn(platform)) expect(closingShown(platform, chosen)).toBe(chosen)
  },
)

it('on macOS two things are offered, which are what the program does there', () => {
  expect(closingsOn('darwin').map((closing) => closingWords('darwin', closing))).toEqual([
    'desktop.whenClosed.dock',
    'desktop.whenClosed.quit',
  ])
  expect(closingShown('darwin', 'ask')).toBe('tray')
  const busy = { running: 1, scheduled: 0 }
  const ways = (['ask', 'tray', 'quit'] as const).map((chosen) => wayOfClosing('darwin', chosen, busy))
  expect(ways).toEqual(['close', 'close', 'quit'])
})
