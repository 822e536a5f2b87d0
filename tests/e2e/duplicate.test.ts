import { expectStatus, goTo, openConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a delivery is duplicated and sent', async ({ page, herald, gateway }) => {
  await addClients(herald, 3)
  const model = { name: 'November bills', text: 'Your bill is ready, {{ name }}', ratePerSecond: 50 }
  await herald.client.deliveries.create(model)
  await gateway.received(3)
  await openConsole(page, herald)
  await goTo(page, 'Deliveries')

  await page.getByRole('button', { name: 'Actions for “November bills”' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New delivery' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('November bills (copy)')
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(model.text)

  await page.getByRole('button', { name: 'Start…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 3 clients' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'November bills (copy)' })).toBeVisible()
  await expectStatus(page, 'Completed')
  expect(gateway.requests).toHaveLength(6)
  const [copy, first] = (await herald.client.deliveries.list({})).items
  expect(copy).toMatchObject({ ...model, name: 'November bills (copy)' })
  expect(copy?.filter).toEqual(first?.filter)
})
