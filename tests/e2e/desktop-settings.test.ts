import { openAddress, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

test('how the desktop app lives is chosen on the settings screen, at the desktop door alone', async ({
  page,
  herald,
}) => {
  await openConsole(page, herald)
  const section = page.getByRole('region', { name: 'Desktop app' })

  await test.step('behind the web door there is nothing of it', async () => {
    await openAddress(page, herald, '/settings')
    await expect(page.getByRole('region', { name: 'About' })).toContainText('Web server on this machine')
    await expect(section).toBeHidden()
  })

  await test.step('at the desktop door each choice is kept at once', async () => {
    // The console goes by what the engine says of its door; the rest is the same program.
    await page.route('**/rpc/settings/about', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('"web"', '"desktop"') })
    })
    await page.reload()
    await expect(section.getByRole('radio', { name: /^Ask while/ })).toBeChecked()
    await section.getByRole('radio', { name: 'Keep sending in the tray' }).check()
    await section.getByRole('switch', { name: 'Start when I log in' }).click({ force: true })
    await section.getByRole('switch', { name: 'Notifications' }).click({ force: true })
    await expect
      .poll(() => herald.client.settings.get())
      .toMatchObject({ whenClosed: 'tray', openAtLogin: true, keepAwake: false, notifications: false })
  })

  await test.step('with a data directory of its own it is not offered to start at login, and says why', async () => {
    const login = section.getByRole('switch', { name: 'Start when I log in' })
    await expect(login).toBeChecked()
    await page.route('**/rpc/settings/about', async (route) => {
      const response = await route.fetch()
      const text = (await response.text()).replace('"web"', '"desktop"')
      await route.fulfill({
        response,
        body: text.replace('"dataDirFromEnvironment":false', '"dataDirFromEnvironment":true'),
      })
    })
    await page.reload()
    await expect(login).toBeDisabled()
    await expect(login).not.toBeChecked()
    await expect(login).toHaveAccessibleDescription(/the system would start Herald with the usual one/)
  })
})
