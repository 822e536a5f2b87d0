import { expect, type Page } from '@playwright/test'
import { expectStatus, goTo } from './e2e-console.ts'

const people = ['phone,name', '+7 900 000-00-01,Anna', '+7 900 000-00-02,Boris', '12345,Nobody']

/** The shortest story through every part of a new program: workers, native module, port, and the sandbox gateway. */
export async function importAndSend(page: Page): Promise<void> {
  await goTo(page, 'Clients')
  await page.getByRole('link', { name: 'Import' }).first().click()
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people.join('\n')) }
  await page.locator('input[type=file]').first().setInputFiles(file)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('people.csv: 3 rows')).toBeVisible()
  await expect(page.getByRole('main').getByText('Created').locator('..')).toHaveText('Created2')

  await goTo(page, 'Deliveries')
  await page.getByRole('link', { name: 'New delivery' }).first().click()
  await page.getByRole('textbox', { name: 'Delivery name' }).fill('Smoke')
  await page.getByRole('textbox', { name: 'Message text' }).fill('Hello, {{ name }}')
  await page.getByRole('button', { name: 'Start…' }).click()
  await page.getByRole('button', { name: 'Send to 2 clients' }).click()
  await expectStatus(page, 'Completed')
  await expect(page.getByText('2 of 2 messages processed')).toBeVisible()
}

/** Checks the data after the program was opened again. */
export async function findWhatWasKept(page: Page): Promise<void> {
  await goTo(page, 'Clients')
  await expect(page.getByText('Anna')).toBeVisible()
  await goTo(page, 'Deliveries')
  await expect(page.getByRole('link', { name: 'Smoke', exact: true })).toBeVisible()
}
