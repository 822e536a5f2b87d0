import type { Locator, Page } from '@playwright/test'
import { counter, expectCounts, expectStatus, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients, phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

test('a number added to the list during a delivery gets nothing until it is removed', async ({
  page,
  herald,
  gateway,
  save,
}) => {
  test.slow()
  const clients = 40
  const asked = [phoneOf(31), phoneOf(32)]
  await addClients(herald, clients)
  await herald.client.gateway.update({ concurrency: 4 })
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.deliveries.create({ name: 'News', text: 'Hello' })
  await openConsole(page, herald)
  await openDelivery(page, 'News')
  await expectCounts(page, { Sending: 4, Queued: clients - 4 })

  await test.step('two people ask to be left alone; their phones are pasted as they wrote them', async () => {
    await goTo(page, 'Do not contact')
    await expect(page.getByRole('heading', { name: 'List is empty' })).toBeVisible()
    await page.getByRole('link', { name: 'Add numbers' }).click()
    const submit = page.getByRole('button', { name: 'Add to list' })
    await expect(submit).toBeDisabled()
    await page
      .getByRole('textbox', { name: 'Phone numbers' })
      .fill('8 (900) 000-00-31; +7 900 000 00 32\n79991112233\n7900000003\n')
    await submit.click()
    for (const [label, value] of Object.entries({
      'Clients opted out': '2',
      'Not in clients (kept for later)': '1',
      'Already listed': '0',
      Rejected: '1',
      'Messages cancelled': '2',
    }))
      await expect(figure(page, label)).toHaveText(value)
    await expect(page.getByRole('row', { name: /7900000003 Must be 11 digits/ })).toBeVisible()
  })

  await test.step('rejected numbers can be saved as a file', async () => {
    const { name, bytes } = await save(() => page.getByRole('button', { name: 'Download rejected rows' }).click())
    expect(name).toBe('phones-refused.csv')
    expect(bytes.toString()).toContain('3,7900000003,Must be 11 digits')
  })

  await test.step('the list shows whose phones they are', async () => {
    await page.getByRole('link', { name: 'Go to list' }).click()
    await expect(page.getByText('3 numbers')).toBeVisible()
    await expect(page.getByRole('row', { name: /\+7 900 000-00-31 Client 31/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /\+7 999 111-22-33 Not in clients/ })).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search by number' }).fill('8 900 000-00-32')
    await expect(page.getByText('1 found')).toBeVisible()
    await page.getByRole('link', { name: 'Client 32' }).click()
    await expect(page.getByRole('grid', { name: 'Clients' }).getByRole('row')).toHaveCount(2)
  })

  await test.step('everybody else gets the message, and those two do not', async () => {
    held.release()
    gateway.answer(() => accepted)
    await openDelivery(page, 'News')
    await expectCounts(page, { Sent: clients - 2, Cancelled: 2, Queued: 0 })
    await expectStatus(page, 'Completed')
    const written = gateway.requests.map(({ phone }) => String(phone))
    expect(new Set(written).size).toBe(clients - 2)
    expect(written.filter((phone) => asked.includes(phone))).toEqual([])
  })

  await test.step('taken off the list after a question, one of them is written to again', async () => {
    await goTo(page, 'Do not contact')
    const remove = page.getByRole('button', { name: 'Remove +7 900 000-00-31 from the list' })
    await remove.click()
    const question = page.getByRole('dialog', { name: 'Allow messages to +7 900 000-00-31?' })
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByText('3 numbers')).toBeVisible()
    await remove.click()
    await question.getByRole('button', { name: 'Remove from list' }).click()
    await expect(page.getByText('2 numbers')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('+7 900 000-00-31 is back on the list')).toBeVisible()
    await expect(page.getByText('3 numbers')).toBeVisible()
    await remove.click()
    await question.getByRole('button', { name: 'Remove from list' }).click()
    await expect(page.getByText('2 numbers')).toBeVisible()
    await herald.client.deliveries.create({ name: 'More news', text: 'Hello again' })
    await openDelivery(page, 'More news')
    await expectCounts(page, { Sent: clients - 1 })
    const again = gateway.requests.filter(({ text }) => text === 'Hello again').map(({ phone }) => String(phone))
    expect(again).toContain(asked[0])
    expect(again).not.toContain(asked[1])
  })
})

test('a client opts out and in again, and an open form does not undo an opt-out by the list', async ({
  page,
  herald,
  gateway,
}) => {
  test.slow()
  await addClients(herald, 3)
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.gateway.update({ concurrency: 1 })
  await herald.client.deliveries.create({ name: 'News', text: 'Hello' })
  await gateway.received(1)
  await openConsole(page, herald)
  await goTo(page, 'Clients')
  const form = page.getByRole('dialog')
  const optedOut = form.getByRole('switch', { name: 'Opted out' })
  const openClient = (name: string) => page.getByRole('row', { name }).click()
  const save = () => form.getByRole('button', { name: 'Save' }).click()

  await test.step('opting out cancels what waits and puts the phone on the list', async () => {
    await openClient('Client 2')
    await expect(form.getByText('pending ones are cancelled')).toBeVisible()
    await optedOut.check()
    await save()
    await expect(form).toBeHidden()
    await expect
      .poll(async () => (await herald.client.doNotContact.list({})).items)
      .toMatchObject([{ phone: phoneOf(2) }])
    await openDelivery(page, 'News')
    await expectCounts(page, { Cancelled: 1, Sending: 1, Queued: 1 })
  })

  await test.step('the directory shows and finds who has opted out', async () => {
    await goTo(page, 'Clients')
    await page.getByRole('combobox', { name: 'Subscription' }).click()
    await page.getByRole('option', { name: 'Opted out' }).click()
    await expect(page.getByText('1 found')).toBeVisible()
    await expect(page.getByRole('row', { name: /Client 2 .* now/ })).toBeVisible()
  })

  await test.step('opting in takes the phone off the list, and what was cancelled stays so', async () => {
    await openClient('Client 2')
    await expect(form.getByText('Cancelled messages stay cancelled')).toBeVisible()
    await optedOut.uncheck()
    await save()
    await expect(page.getByRole('heading', { name: 'No matching clients' })).toBeVisible()
    expect(await herald.client.doNotContact.list({})).toMatchObject({ count: 0 })
    await openDelivery(page, 'News')
    await expect(counter(page, 'Cancelled')).toHaveText('Cancelled1')
  })

  await test.step('a list comes while a form is open, and a new name is saved: the client stays on the list', async () => {
    await goTo(page, 'Clients')
    await openClient('Client 1')
    await herald.client.clients.optOut({ phones: phoneOf(1) })
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna')
    await save()
    await expect(page.getByRole('row', { name: /Anna .* now/ })).toBeVisible()
    expect(await herald.client.doNotContact.list({})).toMatchObject({ items: [{ phone: phoneOf(1), name: 'Anna' }] })
  })
  held.release()
})

test('a hundred thousand phones are added, pasted or as a file, while other screens stay usable', {
  tag: '@web',
}, async ({ page, herald }) => {
  test.setTimeout(300_000)
  const count = 100_000
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await addClients(herald, 10)
  await openConsole(page, herald)
  const submit = page.getByRole('button', { name: 'Add to list' })
  const slow = { timeout: 120_000 }

  await test.step('pasted', async () => {
    await goTo(page, 'Do not contact')
    await page.getByRole('link', { name: 'Add numbers' }).click()
    // Made in the page: texts of this size are slow on the way from the test.
    await page.evaluate((many) => {
      const phones = Array.from({ length: many }, (_, n) => 79_000_000_000 + n)
      return navigator.clipboard.writeText(phones.join('\n'))
    }, count)
    await page.getByRole('textbox', { name: 'Phone numbers' }).press('ControlOrMeta+V', slow)
    // On its way until the operator has left.
    const leaving = Promise.withResolvers<void>()
    await page.route('**/rpc/clients/optOut', (route) => leaving.promise.then(() => route.continue()), { times: 1 })
    await submit.click(slow)
    await expect(page.getByText('You can use other screens')).toBeVisible()
    await goTo(page, 'Deliveries')
    leaving.resolve()
    await expect(page.getByText('Numbers added: see the report in')).toBeVisible(slow)
    await goTo(page, 'Do not contact')
    await expect(page.getByText('100,000 numbers')).toBeVisible()
    await page.getByRole('link', { name: 'Add numbers' }).click()
    await expect(page.getByText('100,000 pasted numbers')).toBeVisible()
    await expect(figure(page, 'Clients opted out')).toHaveText('10')
    await expect(page.getByRole('heading', { name: 'All numbers are on the list' })).toBeVisible()
  })

  await test.step('dropped as a file, half of them known', async () => {
    await page.getByRole('button', { name: 'Add more' }).click()
    const dataTransfer = await page.evaluateHandle((many) => {
      const phones = Array.from({ length: many }, (_, n) => 79_000_000_000 + many / 2 + n)
      const transfer = new DataTransfer()
      transfer.items.add(new File([phones.join('\n')], 'left-alone.txt', { type: 'text/plain' }))
      return transfer
    }, count)
    const place = page.getByRole('region', { name: 'Or drop a text or CSV file here' })
    await place.dispatchEvent('drop', { dataTransfer })
    await expect(page.getByRole('group', { name: 'Numbers in this file' })).toContainText('left-alone.txt')
    await submit.click()
    await expect(page.getByText('left-alone.txt: 100,000 numbers')).toBeVisible(slow)
    await expect(figure(page, 'Already listed')).toHaveText('50,000')
    await expect(figure(page, 'Not in clients (kept for later)')).toHaveText('50,000')
  })

  await test.step('the list is read on page by page as it is scrolled', async () => {
    await page.getByRole('link', { name: 'Go to list' }).click()
    const grid = page.getByRole('grid', { name: 'Do not contact' })
    await expect(grid).toHaveAttribute('aria-rowcount', '150001')
    const rowOf = (place: number) => grid.locator(`[aria-rowindex="${place + 1}"]`)
    await expect(rowOf(1)).toBeVisible()
    await grid.press('End')
    await expect(rowOf(100)).toBeVisible()
    await grid.press('End')
    await expect(rowOf(200)).toBeVisible()
  })
})

/** One of the figures at the head of a report. */
function figure(page: Page, label: string): Locator {
  return page.locator(`dt:text-is("${label}") + dd`)
}
