import type { BrowserWindow, MessageBoxOptions, MessageBoxReturnValue } from 'electron'
import type { Electron } from './electron-api.ts'

/** Questions and messages outside the window's page, under the program's name. */
export interface Dialogs {
  ask(options: MessageBoxOptions): Promise<MessageBoxReturnValue>
}

/**
 * Opens dialogs over the window while it is visible. On macOS a dialog without a window blocks the whole main process
 * until it is answered, and with it the console and every way to quit.
 */
export function createDialogs({ dialog }: Pick<Electron, 'dialog'>, window: () => BrowserWindow | null): Dialogs {
  return {
    ask(options) {
      const parent = window()
      const shown = { title: 'Herald', noLink: true, ...options }
      return parent?.isVisible() === true ? dialog.showMessageBox(parent, shown) : dialog.showMessageBox(shown)
    },
  }
}
