import { expect, it } from 'vitest'
import { askOver } from '#electron/desktop/dialogs.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'

it('a question stands over the window that the operator sees, else by itself', () => {
  const { electron } = electronStandIn()
  const asked: unknown[] = []
  electron.dialog.showMessageBox = async (...how) => {
    asked.push(how.length === 2 ? 'over the window' : 'by itself')
    return { response: 0, checkboxChecked: false }
  }
  let window: { isVisible(): boolean } | null = null
  const { dialog } = askOver(electron, () => window)

  void dialog.showMessageBox({ message: 'Quit?' })
  window = { isVisible: () => false }
  void dialog.showMessageBox({ message: 'Quit?' })
  window = { isVisible: () => true }
  void dialog.showMessageBox({ message: 'Quit?' })

  expect(asked).toEqual(['by itself', 'by itself', 'over the window'])
})
