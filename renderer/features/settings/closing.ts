import { closingChoices, type Settings } from '#shared/contract/settings.ts'

export type Closing = Settings['whenClosed']

/** What there is to choose about the window's closing. On macOS a program lives on without its window, so nothing is asked there. */
export function closingsOn(platform: string): readonly Closing[] {
  return platform === 'darwin' ? ['tray', 'quit'] : closingChoices
}

/** Which of them holds. */
export function closingShown(platform: string, chosen: Closing): Closing {
  return platform === 'darwin' && chosen === 'ask' ? 'tray' : chosen
}

/** The key of its words: what is the tray elsewhere is the Dock of macOS. */
export function closingWords(platform: string, closing: Closing) {
  return platform === 'darwin' && closing === 'tray'
    ? 'desktop.whenClosed.dock'
    : (`desktop.whenClosed.${closing}` as const)
}
