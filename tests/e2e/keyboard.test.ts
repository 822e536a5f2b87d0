import type { Locator, Page } from '@playwright/test'
import { openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

/** No screen has more places to stop at than this. */
const mostStops = 60

/** Goes on with the Tab key until the focus is where the operator wants it, and sees that it can be seen there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target, 'reached by the Tab key').toBeFocused()
}

test('a client is added, found in the table, opened and changed without a mouse', async ({ page, herald }) => {
  await openConsole(page, herald)

  await test.step('the way to the clients', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Clients', exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
  })

  await test.step('a new client', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Add client' }))
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: 'New client' })
    await expect(form.getByRole('textbox', { name: 'Phone' })).toBeFocused()
    await page.keyboard.type('8 900 123-45-67')
    await tabTo(page, form.getByRole('textbox', { name: 'Name', exact: true }))
    await page.keyboard.type('Anna')
    await tabTo(page, form.getByRole('combobox', { name: 'Tags' }))
    await page.keyboard.type('vip')
    await page.keyboard.press('Enter')
    await page.keyboard.type('new,')
    await tabTo(page, form.getByRole('button', { name: 'Add client' }))
    await page.keyboard.press('Space')
    await expect(form).toBeHidden()
    await expect(page.getByRole('row', { name: /\+7 900 123-45-67 Anna new vip/ })).toBeVisible()
  })

  // Who was added last stands first.
  await herald.client.clients.create({ phone: '79001234568', name: 'Boris' })
  const table = page.getByRole('grid', { name: 'Clients' })
  const anna = page.getByRole('dialog', { name: '+7 900 123-45-67' })

  await test.step('past the navigation into the table, and down to the second row', async () => {
    await expect(table.getByRole('row')).toHaveCount(3)
    await tabTo(page, table)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(anna.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Anna')
  })

  await test.step('the client is renamed', async () => {
    await tabTo(page, anna.getByRole('textbox', { name: 'Name', exact: true }))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Anna Karenina')
    await page.keyboard.press('Enter')
    await expect(anna).toBeHidden()
    await expect(table.getByRole('row', { name: /Anna Karenina/ })).toBeVisible()
  })

  await test.step('back in the table, Escape leaves a client as he was', async () => {
    await expect(table).toBeFocused()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    const boris = page.getByRole('dialog', { name: '+7 900 123-45-68' })
    await expect(boris.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Boris')
    await page.keyboard.type('999')
    await page.keyboard.press('Escape')
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await expect(question.getByRole('button', { name: 'Go back' })).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(boris).toBeHidden()
    await expect(table).toBeFocused()
    await expect(table.getByRole('row', { name: /\+7 900 123-45-68 Boris/ })).toBeVisible()
  })
})

test('the first press of Tab offers to skip the navigation', async ({ page, herald }) => {
  await openConsole(page, herald)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('button', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
