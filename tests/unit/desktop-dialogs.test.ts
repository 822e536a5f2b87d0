import type { BrowserWindow } from 'electron'
import { expect, it } from 'vitest'
import { createDialogs } from '#electron/desktop/dialogs.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'

it('a dialog opens over a visible window, and otherwise without one', () => {
  const { electron } = electronStandIn()
  const parents: unknown[] = []
  electron.dialog.showMessageBox = async (...given: unknown[]) => {
    parents.push(given.length === 2 ? 'window' : null)
    return { response: 0, checkboxChecked: false }
  }
  let isVisible: boolean | null = null
  const window = () => (isVisible === null ? null : ({ isVisible: () => isVisible } as BrowserWindow))
  const dialogs = createDialogs(electron, window)

  for (const visible of [null, false, true]) {
    isVisible = visible
    void dialogs.ask({ message: 'Quit?' })
  }

  expect(parents).toEqual([null, null, 'window'])
})
