import { openAddress, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

test('the web host shows no settings of the desktop app', { tag: '@web' }, async ({ page, herald }) => {
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')
  await expect(page.getByRole('region', { name: 'About' })).toContainText('Web server on this computer')
  await expect(page.getByRole('region', { name: 'Desktop app' })).toBeHidden()
})

test("the settings screen has the desktop's settings", { tag: '@desktop' }, async ({ page, herald }) => {
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')
  const section = page.getByRole('region', { name: 'Desktop app' })

  await test.step('each choice is kept at once', async () => {
    // On macOS there is no question, since closing a window ends nothing there.
    const first = process.platform === 'darwin' ? 'Keep sending; Herald stays in the Dock' : /^Ask if/
    await expect(section.getByRole('radio', { name: first })).toBeChecked()
    const quitting = section.getByRole('radio', { name: /^Quit; deliveries continue/ })
    await quitting.click()
    await expect(quitting).toBeChecked()
    await section.getByRole('switch', { name: 'Notifications' }).click({ force: true })
    await expect
      .poll(() => herald.client.settings.get())
      .toMatchObject({ whenClosed: 'quit', keepAwake: false, notifications: false })
    await page.reload()
    await expect(quitting).toBeChecked()
    await expect(section.getByRole('switch', { name: 'Notifications' })).not.toBeChecked()
  })

  await test.step('with a data directory of its own it is not offered to start at login, and says why', async () => {
    const login = section.getByRole('switch', { name: 'Start when I log in' })
    await expect(login).toBeDisabled()
    await expect(login).not.toBeChecked()
    await expect(login).toHaveAccessibleDescription(/the system would start Herald with the default one/)
  })
})
