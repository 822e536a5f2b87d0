import { goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addCrowd, phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { csvLines } from '../support/exported.ts'
import { accepted } from '../support/loopback-gateway.ts'

const refused = { status: 422, body: '{"code":7,"message":"this number is blocked"}' }

test('statistics by day, code, zone and tag, and a comparison of two deliveries', async ({
  page,
  herald,
  gateway,
  save,
}) => {
  const lines = Array.from(
    { length: 40 },
    (_, n) =>
      `${phoneOf(n)},${n < 30 ? 'vip' : ''},${n % 4 === 0 ? 'Asia/Omsk' : 'Europe/Moscow'},${n < 10 ? 916 : 903}`,
  )
  const csv = new File([`phone,tags,timezone,code\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const _ of await herald.client.clients.import({ csv }));
  await addCrowd(herald)
  gateway.answer((request) => (request.turn === 1 && request.id % 10 === 0 ? refused : accepted))
  const filters = { 'Winter sale': { operatorCodes: ['903', '916'] }, 'For the best': { tags: ['vip'] } }
  for (const [name, filter] of Object.entries(filters)) {
    const { id } = await herald.client.deliveries.create({ name, text: 'Hello', filter })
    await expect.poll(async () => (await herald.client.deliveries.get({ id })).status).toBe('completed')
  }
  await openConsole(page, herald)
  await goTo(page, 'Statistics')

  await test.step('a period adds up by everything', async () => {
    await page.getByText('By period').click()
    await expect(page).toHaveURL(/view=period/)
    const rows = (title: string) => page.getByRole('table', { name: title, exact: true })
    const line = (title: string, name: string) => rows(title).getByRole('row', { name: new RegExp(`^${name} `) })
    await expect(line('Code', '903')).toHaveText(/^90350/)
    await expect(line('Code', '916')).toHaveText(/^91620/)
    await expect(line('Time zone', 'Asia/Omsk')).toHaveText(/^Asia\/Omsk18/)
    await expect(line('Tag', 'vip')).toHaveText(/^vip60/)
    await expect(line('Tag', 'no tag')).toHaveText(/^no tag10/)
    await expect(page.getByRole('img', { name: /^30 days; most on .*: 70 messages$/ })).toBeVisible()
  })

  await test.step('the chart is a table and a file too', async () => {
    await page.getByText('Table', { exact: true }).click()
    const days = page.getByRole('table', { name: 'Day', exact: true })
    await expect(days.getByRole('row')).toHaveCount(31)
    await expect(days.getByRole('row').nth(1)).toContainText('70')
    await page.getByRole('button', { name: 'Export: Messages by day' }).click()
    const { bytes } = await save(() => page.getByRole('menuitem', { name: 'CSV' }).click())
    const lines = csvLines(bytes.toString())
    expect(lines).toHaveLength(31)
    expect(lines.at(-1)?.[1]).toBe('70')
  })

  await test.step('other days say that there is nothing, and the way back leads to the month', async () => {
    await page.getByRole('button', { name: 'Period' }).click()
    await page.getByRole('button', { name: 'Last month' }).click()
    await expect(page.getByText('No messages on these days')).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('table', { name: 'Code', exact: true })).toBeVisible()
  })

  await test.step('deliveries are compared', async () => {
    await page.getByText('Comparison', { exact: true }).click()
    const table = page.getByRole('table', { name: 'Results' })
    await expect(table.getByRole('row', { name: /^Winter sale/ })).toContainText('40')
    await expect(table.getByRole('row', { name: /^For the best/ })).toContainText('30')
    await page
      .getByRole('textbox', { name: 'Deliveries' })
      .or(page.getByRole('combobox', { name: 'Deliveries' }))
      .press('Backspace')
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(page).toHaveURL(/deliveries=/)
    const course = page.getByRole('region', { name: 'Pace', exact: true })
    await course.getByText('Table', { exact: true }).click()
    await expect(course.getByRole('table').getByRole('row').last()).toContainText('90%')
    const { bytes } = await save(() => course.getByRole('button', { name: 'Export pace' }).click())
    const lines = csvLines(bytes.toString())
    expect(lines[0]?.[0]).toBe('Since first result')
    expect(Number(lines.at(-1)?.[1])).toBeCloseTo(0.9, 2)
  })

  await test.step('a delivery’s report is saved as PDF', async () => {
    await openDelivery(page, 'Winter sale')
    const timeline = page.getByRole('region', { name: 'Over time', exact: true })
    await timeline.getByText('Table', { exact: true }).click()
    await expect(timeline.getByRole('table').getByRole('row').filter({ hasText: /[1-9]/ }).first()).toBeVisible()
    await page.getByRole('button', { name: 'More actions' }).click()
    const { name, bytes } = await save(() => page.getByRole('menuitem', { name: 'Report as PDF' }).click())
    expect(name).toBe('Winter sale.pdf')
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    await expect(page.getByText('Saved Winter sale.pdf')).toBeVisible()
  })
})
