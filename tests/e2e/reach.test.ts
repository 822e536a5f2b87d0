import type { Page } from '@playwright/test'
import { goTo, openConsole } from '../support/e2e-console.ts'
import { phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import type { WebProgram } from '../support/web-program.ts'

/** A zone in which the clocks show this hour at present; such zones know no summer time. */
function zoneAt(hour: number): string {
  const offset = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  // Their names count westwards.
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}

/** Seventeen clients whose noon it is, and three whose midnight. */
async function addClientsAroundTheWorld({ client }: WebProgram): Promise<void> {
  const [noon, midnight] = [zoneAt(12), zoneAt(0)]
  const lines = Array.from({ length: 20 }, (_, n) => `${phoneOf(n)},Client ${n},${n % 7 === 3 ? midnight : noon}`)
  const csv = new File([`phone,name,timezone\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report') expect(event.report).toMatchObject({ created: 20 })
}

async function setHour(page: Page, which: 'From' | 'To', hour: string): Promise<void> {
  const hours = page.getByRole('spinbutton', { name: `${which}, hours` })
  await hours.click()
  await hours.pressSequentially(hour)
}

/** Writes a delivery to all of them that goes out at certain hours and ends within one. */
async function composeForAnHour(page: Page, herald: WebProgram) {
  await addClientsAroundTheWorld(herald)
  await openConsole(page, herald)
  await page.getByRole('link', { name: 'New delivery' }).click()
  await page.getByRole('textbox', { name: 'Delivery name' }).fill('Lunch')
  await page.getByRole('textbox', { name: 'Message text' }).fill('Lunch is ready')
  const note = page.getByRole('region', { name: 'Schedule' }).getByRole('status')
  const summary = page.getByRole('region', { name: 'What will happen' })
  await expect(summary).toContainText('20 clients get this text')
  // Any hour will do, so that there is nothing to say.
  await expect(note).toHaveCount(0)

  await page.getByRole('checkbox', { name: /Only within these hours/ }).check()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('button', { name: 'In an hour' }).click()
  await page.keyboard.press('Escape')
  await expect(note).toContainText('3 clients can’t be reached before the end.')
  return { note, summary }
}

test('the composer warns about clients outside the hours until the hours are widened', async ({
  page,
  herald,
  gateway,
}) => {
  const { note, summary } = await composeForAnHour(page, herald)

  await test.step('the number is in the summary and in the confirmation', async () => {
    await expect(note).toContainText(/For the others, sending starts at .+\./)
    await expect(summary).toContainText('17 clients get this text')
    await expect(summary).toContainText('3 clients can’t be reached before the end.')
    await page.getByRole('button', { name: 'Start…' }).click()
    const question = page.getByRole('dialog', { name: 'Start “Lunch” now?' })
    await expect(question).toContainText('Sending to 17 clients starts immediately')
    await expect(question).toContainText('3 clients can’t be reached before the end.')
    await expect(question.getByRole('button', { name: 'Send to 17 clients' })).toBeVisible()
    await question.getByRole('button', { name: 'Go back' }).click()
  })

  await test.step('one of them opts out meanwhile', async () => {
    // By name: the hour may have changed since, and with it the zones.
    const { results } = await herald.client.clients.page({ search: 'Client 3' })
    const left = results[0]?.id ?? 0
    await herald.client.clients.update({ id: left, optedOutAt: new Date().toISOString() })
    await expect(note).toContainText('2 clients can’t be reached before the end.')
  })

  await test.step('wider hours are for everybody', async () => {
    await setHour(page, 'From', '00')
    await expect(note).toContainText(/All recipients can be reached before the end\.Sending starts at .+\./)
    await expect(summary).toContainText('All recipients can be reached before the end.')
    await expect(page.getByText('can’t be reached')).toHaveCount(0)
    await page.getByRole('button', { name: 'Start…' }).click()
    await page.getByRole('button', { name: 'Send to 19 clients' }).click()
    await gateway.received(19)
  })
})

test('hours in which nobody can be reached are shown, also in the confirmation', async ({ page, herald }) => {
  const { note, summary } = await composeForAnHour(page, herald)

  await test.step('nobody has these hours before the end', async () => {
    await setHour(page, 'From', '16')
    await expect(note).toContainText('No one can be reached before the end: nothing would be sent.')
    await expect(summary).toContainText('No one can be reached before the end: nothing would be sent.')
    await expect(summary).not.toContainText('clients get this text')
    await page.getByRole('button', { name: 'Start…' }).click()
    const question = page.getByRole('dialog', { name: 'Start “Lunch” now?' })
    await expect(question).toContainText('No one can be reached before the end: nothing would be sent.')
    await expect(question.getByRole('button', { name: 'Start anyway' })).toBeVisible()
    await question.getByRole('button', { name: 'Go back' }).click()
  })

  await test.step('by tomorrow they have come for all', async () => {
    await page.getByRole('button', { name: 'Reset to 24 h after start' }).click()
    await expect(note).toContainText('All recipients can be reached before the end.')
    await expect(note).toContainText(/Sending starts between .+ and .+, depending on the time zone\./)
  })
})

test('the page of a scheduled delivery shows whom it will not reach', async ({ page, herald }) => {
  await addClientsAroundTheWorld(herald)
  const startsAt = Date.now() + 60_000 * 10
  const { id } = await herald.client.deliveries.create({
    name: 'Lunch',
    text: 'Lunch is ready',
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + 60_000 * 30).toISOString(),
    window: { from: '09:00', to: '21:00' },
  })
  await openConsole(page, herald)
  await goTo(page, 'Deliveries')
  await page.getByRole('link', { name: 'Lunch' }).click()
  const note = page.getByRole('main').getByRole('status').filter({ hasText: 'reached' })
  await expect(note).toContainText('3 clients can’t be reached before the end.')
  await herald.client.deliveries.update({ id, window: { from: '00:00', to: '21:00' } })
  await expect(note).toContainText('All recipients can be reached before the end')
})
