import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron'

/** What it takes to ask the operator outside of the window. */
export interface AskingPart {
  readonly dialog: { showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> }
}
