import { goTo, openConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('unsaved input in a form survives a visit to another screen', async ({ page, herald }) => {
  await addClients(herald, 2)
  await openConsole(page, herald)
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })

  await test.step('a client’s drawer asks before it closes, and lets a clean one go', async () => {
    await goTo(page, 'Clients')
    await page.getByRole('row', { name: /Client 1/ }).click()
    const drawer = page.getByRole('dialog').filter({ has: page.getByLabel('Name', { exact: true }) })
    await drawer.getByLabel('Name', { exact: true }).fill('Anna')
    await page.keyboard.press('Escape')
    await expect(question).toBeVisible()
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    await expect(drawer.getByLabel('Name', { exact: true })).toHaveValue('Anna')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await expect(drawer).toBeHidden()
    await expect(question).toBeHidden()
    await page.getByRole('row', { name: /Anna/ }).click()
    await expect(drawer).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await expect(question).toBeHidden()
  })

  await test.step('so do the settings of the gateway, and what was left is gone', async () => {
    await goTo(page, 'Settings')
    const rate = page.getByRole('region', { name: 'Gateway' }).getByRole('textbox', { name: 'Messages per second' })
    await rate.fill('7')
    await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Statistics' }).click()
    await question.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Statistics' })).toBeVisible()
    await goTo(page, 'Settings')
    await expect(rate).toHaveValue('')
  })
})
