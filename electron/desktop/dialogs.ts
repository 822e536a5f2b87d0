import type { BaseWindow, MessageBoxOptions, MessageBoxReturnValue } from 'electron'

/** What it takes to ask the operator outside of the window's page. */
export interface AskingPart {
  readonly dialog: { showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> }
}

type Visible = Pick<BaseWindow, 'isVisible'>

export interface WindowAskingPart {
  readonly dialog: AskingPart['dialog'] & {
    showMessageBox(window: Visible, options: MessageBoxOptions): Promise<MessageBoxReturnValue>
  }
}

/**
 * Asks over the window while it is there to be seen. On macOS a question without a window holds the whole main process until it is
 * answered, and with it the console and every way to quit; over a window it holds nothing.
 */
export function askOver({ dialog }: WindowAskingPart, window: () => Visible | null): AskingPart {
  return {
    dialog: {
      showMessageBox(options) {
        const parent = window()
        return parent?.isVisible() === true ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options)
      },
    },
  }
}
