import { closingChoices, type Settings } from '#shared/contract/settings.ts'

export type CloseAction = Settings['whenClosed']

/** What closing the window can do. On macOS a program continues without its window, so that `ask` is not offered. */
export function closeActionsOn(platform: string): readonly CloseAction[] {
  return platform === 'darwin' ? ['tray', 'quit'] : closingChoices
}

/** The choice in effect. */
export function shownCloseAction(platform: string, chosen: CloseAction): CloseAction {
  return platform === 'darwin' && chosen === 'ask' ? 'tray' : chosen
}

/** The locale key of a choice: the tray is the Dock on macOS. */
export function closeActionKey(platform: string, closing: CloseAction) {
  return platform === 'darwin' && closing === 'tray'
    ? 'desktop.whenClosed.dock'
    : (`desktop.whenClosed.${closing}` as const)
}
