import { expectStatus, goTo, openAddress, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients, addCrowd, theirFilter } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('the activity shows who changed what, and each request about a client', async ({ page, herald }) => {
  await addClients(herald, 3)
  await addCrowd(herald)
  await openConsole(page, herald)
  await goTo(page, 'Clients')

  await test.step('a client is renamed, and its page shows the old name', async () => {
    await page.getByRole('searchbox', { name: 'Search phone, name or tag' }).fill('client 1')
    await page
      .getByRole('grid', { name: 'Clients' })
      .getByRole('row', { name: /Client 1/ })
      .click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Anna')
    await drawer.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('searchbox', { name: 'Search phone, name or tag' }).fill('anna')
    await page.getByRole('grid', { name: 'Clients' }).getByRole('row', { name: /Anna/ }).click()
    await page.getByRole('link', { name: 'Open full page' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Anna' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toContainText(
      'name: Client 1 → Anna',
    )
    await expect(page.getByText('No messages yet')).toBeVisible()
  })

  await test.step('a delivery goes out, and the page has her message, which leads to its attempts', async () => {
    await herald.client.deliveries.create({ name: 'Price list', text: 'New prices', filter: theirFilter })
    const messages = page.getByRole('grid', { name: 'Messages' })
    await expect(messages.getByRole('row', { name: /Price list.*Sent/ })).toBeVisible()
    await messages.getByRole('row', { name: /Price list/ }).click()
    await expect(page.getByRole('dialog', { name: 'Message 2' })).toContainText('Request 1')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Anna' })).toBeVisible()
  })

  await test.step('the journal has every change, also of this client alone', async () => {
    await page.getByRole('link', { name: 'View activity' }).click()
    const entries = page.getByRole('region', { name: 'Activity' }).getByRole('listitem')
    await expect(entries).toHaveText([/^Changed: name.*client 2 · manuallyname: Client 1 → Anna$/])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(entries).toHaveText([
      /^Scheduled.*delivery 1/,
      /^Changed: name/,
      /^100,000 clients: Imported/,
      /^3 clients: Imported/,
      /Gateway settings/,
    ])
    await herald.client.gateway.update({ ratePerSecond: 50 })
    await expect(entries.first()).toContainText('Gateway settings')
    await expect(entries.first()).toContainText('speed: none → 50')
  })

  await test.step('the log shows one message, and follows new lines', async () => {
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Log', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Message no.' }).fill('2')
    const lines = page.getByRole('grid', { name: 'Log' }).getByRole('row')
    await expect(lines.filter({ hasText: 'message=2' }).filter({ hasText: 'status=sent' })).toHaveCount(1)
    await expect(lines.filter({ hasText: 'message=1' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await herald.client.deliveries.create({ name: 'News', text: 'News', filter: theirFilter })
    await expect(lines.filter({ hasText: 'delivery=2' }).first()).toBeVisible()
    await openAddress(page, herald, '/activity?view=log&log=program&search=opened')
    await expect(lines.filter({ hasText: /Herald .* opened / }).first()).toBeVisible()
    await openDelivery(page, 'News')
    await expectStatus(page, 'Completed')
  })
})
