import { expect, it } from 'vitest'
import { closeActionFor } from '#electron/desktop/quit/quit-guard.ts'
import { closeActionKey, closeActionsOn, shownCloseAction } from '../../renderer/features/settings/close-action.ts'

it.each(['win32', 'linux'])('every close action is offered, with the tray: %s', (platform) => {
  expect(closeActionsOn(platform)).toEqual(['ask', 'tray', 'quit'])
  expect(closeActionKey(platform, 'tray')).toBe('desktop.whenClosed.tray')
  for (const chosen of closeActionsOn(platform)) expect(shownCloseAction(platform, chosen)).toBe(chosen)
})

it('on macOS the two actions that exist there are offered', () => {
  expect(closeActionsOn('darwin').map((closing) => closeActionKey('darwin', closing))).toEqual([
    'desktop.whenClosed.dock',
    'desktop.whenClosed.quit',
  ])
  expect(shownCloseAction('darwin', 'ask')).toBe('tray')
  const busy = { running: 1, scheduled: 0 }
  const ways = (['ask', 'tray', 'quit'] as const).map((chosen) => closeActionFor('darwin', chosen, busy))
  expect(ways).toEqual(['close', 'close', 'quit'])
})
