import { closingChoices, type Settings } from '#shared/contract/settings.ts'

export type CloseAction = Settings['whenClosed']

/** What there is to choose about the window's closing. On macOS a program lives on without its window, so nothing is asked there. */
export function closeActionsOn(platform: string): readonly CloseAction[] {
  return platform === 'darwin' ? ['tray', 'quit'] : closingChoices
}

/** Which of them holds. */
export function shownCloseAction(platform: string, chosen: CloseAction): CloseAction {
  return platform === 'darwin' && chosen === 'ask' ? 'tray' : chosen
}

/** The key of its words: what is the tray elsewhere is the Dock of macOS. */
export function closeActionKey(platform: string, closing: CloseAction) {
  return platform === 'darwin' && closing === 'tray'
    ? 'desktop.whenClosed.dock'
    : (`desktop.whenClosed.${closing}` as const)
}
