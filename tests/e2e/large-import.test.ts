import type { Page } from '@playwright/test'
import { goTo, openAddress, openConsole } from '../support/e2e-console.ts'
import { phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

const lines = 100_000
const refusedEvery = 10_000

/** A hundred thousand people; every ten-thousandth has an invalid phone number. */
function largeFile(): Buffer {
  const rows = Array.from({ length: lines }, (_, n) => {
    const phone = n % refusedEvery === refusedEvery - 1 ? 'unknown' : phoneOf(n)
    return `${phone},Person ${n},tag ${n % 50},Europe/Moscow,city ${n % 100}`
  })
  return Buffer.from(`phone,name,tags,timezone,city\n${rows.join('\n')}\n`)
}

test('the console stays usable while a hundred thousand clients are imported', async ({ page, herald }) => {
  await openConsole(page, herald)
  await openAddress(page, herald, '/clients/import')

  await test.step('the import begins', async () => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (await choosing).setFiles({ name: 'everybody.csv', mimeType: 'text/csv', buffer: largeFile() })
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('progressbar', { name: 'Import progress' })).toBeVisible()
  })

  await test.step('every screen opens and every search answers before the import has ended', async () => {
    const search = page.getByRole('searchbox', { name: 'Search phone, name or tag' })
    await goTo(page, 'Deliveries')
    await goTo(page, 'Clients')
    await search.fill('person 1')
    await expect(page.getByText(/^[\d,]+ found$/)).toBeVisible()
    // The button that leads to the import shows its progress.
    await expect(page.getByRole('link', { name: /^Importing: / })).toBeVisible()
  })

  await test.step('the report accounts for every row', async () => {
    await openImportScreen(page)
    await expect(page.getByText('everybody.csv: 100,000 rows')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('Created').locator('..')).toHaveText('Created99,990')
    await expect(page.getByText('Rejected', { exact: true }).locator('..')).toHaveText('Rejected10')
    const refused = page.getByRole('grid', { name: 'Rejected rows' })
    await expect(refused.getByRole('row')).toHaveCount(11)
    await expect(refused.getByRole('row', { name: /^10,001 Phone unknown/ })).toBeVisible()
    await expect(refused.getByRole('row', { name: /^100,001 Phone unknown/ })).toBeVisible()
    await page.getByRole('link', { name: 'Go to clients' }).click()
    await expect(page.getByText('99,990 clients')).toBeVisible()
  })
})

async function openImportScreen(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Import/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import clients' })).toBeVisible()
}
