import { goTo, openConsole } from '../support/e2e-console.ts'
import { addClients, addCrowd, theirFilter } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

test('the dashboard shows running and coming deliveries, what needs attention, and the day’s results', async ({
  page,
  herald,
  gateway,
}) => {
  const clients = 40
  const panel = (name: string) => page.getByRole('region', { name })

  await test.step('a newcomer is led to the first thing to do', async () => {
    await openConsole(page, herald)
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Import clients' })).toBeVisible()
  })

  await addClients(herald, clients)
  await addCrowd(herald)
  const held = heldBack()
  gateway.answer(held.script)
  const soon = new Date(Date.now() + 2 * 3_600_000).toISOString()
  const { id } = await herald.client.deliveries.create({
    name: 'Bills',
    text: 'Your bill is ready',
    filter: theirFilter,
  })
  await herald.client.deliveries.create({ name: 'Evening news', text: 'Hello', startsAt: soon })
  await gateway.received(32)

  await test.step('what runs and what comes stand there without a reload', async () => {
    await expect(panel('Running now').getByRole('link', { name: 'Bills' })).toBeVisible()
    await expect(panel('Coming next').getByRole('link', { name: 'Evening news' })).toContainText('in 2 hours')
    await expect(panel('Needs attention')).toContainText('All clear.')
    await expect(page.getByRole('link', { name: /^Pending/ })).toContainText(String(clients))
  })

  await test.step('today’s numbers follow the results', async () => {
    gateway.answer(({ id }) => (id > 36 ? { status: 400 } : accepted))
    held.release()
    await expect(page.getByRole('link', { name: /^Sent today/ })).toContainText('36', { timeout: 30_000 })
    await expect(page.getByRole('link', { name: /^Failed today/ })).toContainText('4')
    await expect(page.getByRole('row', { name: /^Today/ })).toHaveText(/Today364/)
    await expect(panel('Running now')).toContainText('Nothing is being sent.')
  })

  await test.step('what failed is one press away', async () => {
    await panel('Needs attention').getByRole('link', { name: 'Bills 4 messages failed' }).click()
    await expect(page).toHaveURL(new RegExp(`#/deliveries/${id}\\?status=failed$`))
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
    await goTo(page, 'Statistics')
  })
})
