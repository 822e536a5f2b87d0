import type { Page } from '@playwright/test'
import { goTo, openConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

const everybody = 100_000

function list(page: Page) {
  return page.getByRole('grid', { name: 'Clients' })
}

async function choose(page: Page, property: string, value: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: property, exact: true }).click()
  await page.getByRole('option', { name: value }).click()
}

test('a few of a hundred thousand clients are found, changed in bulk, and the change is undone', async ({
  page,
  herald,
}) => {
  test.setTimeout(90_000)
  await addClients(herald, everybody)
  for (const [phone, tag] of [
    ['79161000001', 'vip'],
    ['79161000002', 'vip'],
    ['79251000003', 'debtor'],
  ] as const)
    await herald.client.clients.create({ phone, name: 'Ёлкина Анна', tags: [tag] })
  await openConsole(page, herald)
  await goTo(page, 'Clients')
  const found = page.getByText(/^[\d,]+ (found|clients)$/)
  await expect(found).toHaveText('100,003 clients')

  await test.step('by part of a phone, a name, a tag, and by code', async () => {
    const search = page.getByRole('searchbox', { name: 'Search phone, name or tag' })
    for (const [typed, count] of [
      ['елкина', '3 found'],
      ['9161000', '2 found'],
      ['debt', '1 found'],
      ['client 4242', '20 found'],
      ['client', '100,000 found'],
    ] as const) {
      await search.fill(typed)
      await expect(found).toHaveText(count)
    }
    await search.fill('')
    await choose(page, 'Operator code', /^916/)
    await expect(found).toHaveText('2 found')
    await choose(page, 'Operator code', /^925/)
    await choose(page, 'Without tag', /^debtor/)
    await expect(found).toHaveText('2 found')
  })

  await test.step('the active filters are chips, which can be removed one by one and survive a reload', async () => {
    const chips = page.getByRole('list', { name: 'Active filters' }).getByRole('button')
    await expect(chips).toHaveText(['Without tag: debtor', 'Code: 916', 'Code: 925', 'Clear filters'])
    await chips.filter({ hasText: 'Without tag' }).click()
    await expect(found).toHaveText('3 found')
    await page.reload()
    await expect(chips).toHaveText(['Code: 916', 'Code: 925', 'Clear filters'])
    await list(page).getByRole('button', { name: 'Phone' }).click()
    await expect(list(page).getByRole('row').nth(1)).toContainText('916 100-00-01')
  })

  await test.step('two clients are selected with the keyboard and tagged, and the change is undone', async () => {
    await list(page).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    const bar = page.getByRole('toolbar', { name: 'Bulk actions' })
    await expect(bar).toContainText('2 selected')
    await bar.getByRole('button', { name: 'Add tags' }).click()
    await page.getByRole('combobox', { name: 'Tags', exact: true }).fill('winter')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByText('Added tags to 2 clients.')).toBeVisible()
    await expect(list(page).getByText('winter', { exact: true })).toHaveCount(2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Undone for 2 clients.')).toBeVisible()
    await expect(list(page).getByText('winter', { exact: true })).toHaveCount(0)
  })

  await test.step('all hundred thousand but one opt out, and may be written to again', async () => {
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('checkbox', { name: 'Select all rows' }).click()
    await list(page).getByRole('row').nth(1).getByRole('checkbox').click({ force: true })
    const bar = page.getByRole('toolbar', { name: 'Bulk actions' })
    await expect(bar).toContainText('100,002 selected')
    await bar.getByRole('button', { name: 'Opt out' }).click()
    const question = page.getByRole('dialog', { name: 'Opt out 100,002 clients?' })
    await question.getByRole('button', { name: 'Opt out 100,002 clients' }).click()
    await expect(page.getByText('Opted out 100,002 clients.')).toBeVisible({ timeout: 60_000 })
    await choose(page, 'Subscription', /^Subscribed/)
    await expect(found).toHaveText('1 found')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(found).toHaveText('100,003 found', { timeout: 60_000 })
  })

  await test.step('the chosen columns are kept', async () => {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Time zone' }).click()
    await expect(list(page).getByRole('columnheader', { name: 'Time zone' })).toHaveCount(0)
    await page.reload()
    await expect(list(page).getByRole('columnheader', { name: 'Phone' })).toBeVisible()
    await expect(list(page).getByRole('columnheader', { name: 'Time zone' })).toHaveCount(0)
  })
})
