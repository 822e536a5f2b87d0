import type { Locator, Page } from '@playwright/test'
import { goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients, addCrowd, phoneOf, theirFilter } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { csvLines, xlsxLines } from '../support/exported.ts'

async function choose(page: Page, button: Locator, format: 'Excel workbook (.xlsx)' | 'CSV'): Promise<void> {
  await button.click()
  // The menu before it fades away first.
  await expect(page.getByRole('menu')).toHaveCount(1)
  await page.getByRole('menuitem', { name: format }).click()
}

test('clients, messages and statistics are exported as files for spreadsheets', async ({
  page,
  herald,
  gateway,
  save,
}) => {
  await addClients(herald, 12)
  await addCrowd(herald)
  await herald.client.clients.create({ phone: phoneOf(700), name: 'Анна', tags: ['vip'], timeZone: 'Europe/Moscow' })
  await openConsole(page, herald)
  await goTo(page, 'Clients')

  await test.step('the clients that are listed, in their order, as a workbook', async () => {
    await page.getByRole('combobox', { name: 'Tag', exact: true }).click()
    await page.getByRole('option', { name: /^vip/ }).click()
    await expect(page.getByText('1 found')).toBeVisible()
    const file = await save(() => choose(page, page.getByRole('button', { name: 'Export' }), 'Excel workbook (.xlsx)'))
    expect(file.name).toMatch(/^Clients-\d{4}-\d{2}-\d{2}\.xlsx$/)
    const [header, ...lines] = await xlsxLines(file.bytes)
    expect(header?.slice(0, 3)).toEqual(['Phone', 'Name', 'Tags'])
    expect(lines.map((line) => line.slice(0, 3))).toEqual([[phoneOf(700), 'Анна', 'vip']])
    await expect(page.getByText(/^Saved .+ \(1 row\)$/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(page.getByText('100,013 clients')).toBeVisible()
  })

  await test.step('those that are selected, as CSV', async () => {
    const rows = page.getByRole('grid', { name: 'Clients' }).getByRole('checkbox')
    await rows.nth(1).click({ force: true })
    await rows.nth(2).click({ force: true })
    const bar = page.getByRole('toolbar', { name: 'Bulk actions' })
    const file = await save(() => choose(page, bar.getByRole('button', { name: 'Export selected clients' }), 'CSV'))
    expect(csvLines(file.bytes.toString()).slice(1)).toHaveLength(2)
  })

  await test.step('the messages of a delivery with what became of them, and what all deliveries came to', async () => {
    const { id } = await herald.client.deliveries.create({
      name: 'Bills',
      text: 'Your bill is ready',
      filter: theirFilter,
    })
    await gateway.received(12)
    await expect.poll(async () => (await herald.client.deliveries.get({ id })).status).toBe('completed')
    await openDelivery(page, 'Bills')
    const file = await save(() => choose(page, page.getByRole('button', { name: 'Export these messages' }), 'CSV'))
    const [header, ...lines] = csvLines(file.bytes.toString())
    expect(header?.slice(1, 3)).toEqual(['Phone', 'Status'])
    expect(lines).toHaveLength(12)
    expect(new Set(lines.map((line) => line[2]))).toEqual(new Set(['Sent']))
    const seconds = await save(() =>
      choose(page, page.getByRole('button', { name: 'Export results over time' }), 'CSV'),
    )
    expect(
      csvLines(seconds.bytes.toString())
        .slice(1)
        .reduce((sum, line) => sum + Number(line[1]), 0),
    ).toBe(12)
    await goTo(page, 'Statistics')
    const all = await save(() => choose(page, page.getByRole('button', { name: 'Export results by delivery' }), 'CSV'))
    expect(csvLines(all.bytes.toString())[1]).toEqual(expect.arrayContaining(['Bills', 'Completed', '12']))
  })
})

// On the desktop nothing can hold the export back, and it may be over before it is stopped.
test('a long export shows its progress on every screen, and leaves no file when it is stopped', {
  tag: '@web',
}, async ({ page, herald }) => {
  await addClients(herald, 60_000)
  await openConsole(page, herald)
  await goTo(page, 'Clients')
  // Whoever takes nothing is given no more than a few pieces: the export stands where it is.
  await page.route('**/rpc/exports/taken', () => undefined)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  await goTo(page, 'Statistics')
  const status = page.getByRole('status', { name: 'Exporting…' })
  await expect(status).toContainText('of 60,000 rows')
  let saved = false
  page.on('download', () => {
    saved = true
  })
  await status.getByRole('button', { name: 'Stop' }).click()
  await expect(status).toBeHidden()
  await goTo(page, 'Clients')
  await expect(page.getByRole('button', { name: 'Export' })).toBeEnabled()
  expect(saved).toBe(false)
})
