import type { Page } from '@playwright/test'
import { goTo, openAddress, openConsole } from '../support/e2e-console.ts'
import { phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

const lines = 100_000
const refusedEvery = 10_000

/** What an operator feels as an answer that keeps one waiting, on a machine that is busy with other tests too. */
const patienceMs = 2_000

/** A hundred thousand people, of whom every ten-thousandth has a phone that is none. */
function largeFile(): Buffer {
  const rows = Array.from({ length: lines }, (_, n) => {
    const phone = n % refusedEvery === refusedEvery - 1 ? 'unknown' : phoneOf(n)
    return `${phone},Person ${n},tag ${n % 50},Europe/Moscow,city ${n % 100}`
  })
  return Buffer.from(`phone,name,tags,timezone,city\n${rows.join('\n')}\n`)
}

test('the window stays usable while a hundred thousand clients are imported', async ({ page, herald }) => {
  test.setTimeout(180_000)
  await openConsole(page, herald)
  await openAddress(page, herald, '/clients/import')

  await test.step('the import begins', async () => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (await choosing).setFiles({ name: 'everybody.csv', mimeType: 'text/csv', buffer: largeFile() })
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('progressbar', { name: 'Import progress' })).toBeVisible()
  })

  await test.step('meanwhile every screen opens and every search answers in good time', async () => {
    const longestWaits = new Map<string, number>()
    async function timed(what: string, interaction: () => Promise<void>): Promise<void> {
      const begun = performance.now()
      await interaction()
      longestWaits.set(what, Math.max(longestWaits.get(what) ?? 0, performance.now() - begun))
    }
    const search = page.getByRole('searchbox', { name: 'Search phone, name or tag' })
    let round = 0
    do {
      round += 1
      await timed('opening the deliveries', () => goTo(page, 'Deliveries'))
      await timed('opening the clients', () => goTo(page, 'Clients'))
      await search.click()
      const words = `person ${round}`
      for (const [n, letter] of [...words].entries()) {
        await timed('a letter that was typed', async () => {
          await page.keyboard.type(letter)
          await expect(search).toHaveValue(words.slice(0, n + 1))
        })
      }
      await timed('what was searched for', () => expect(page.getByText(/^[\d,]+ found$/)).toBeVisible())
    } while (await importRuns(page))
    for (const [what, wait] of longestWaits) expect(wait, `the longest wait for ${what}`).toBeLessThan(patienceMs)
  })

  await test.step('the report tells of every line', async () => {
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

/** The button that leads to the import says how far it is. */
function importRuns(page: Page): Promise<boolean> {
  return page.getByRole('link', { name: /^Importing: / }).isVisible()
}

async function openImportScreen(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Import/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import clients' })).toBeVisible()
}
