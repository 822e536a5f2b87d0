import {
  chooseAudience,
  counter,
  expectCounts,
  expectStatus,
  goTo,
  openConsole,
  statistic,
} from '../support/e2e-console.ts'
import { phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

/** What a colleague sends along: three columns that speak for themselves, two that do not, and three lines that are no use. */
const people = Array.from(
  { length: 40 },
  (_, n) => `${phoneOf(n)},Person ${n},${n < 30 ? 'vip;summer' : 'summer'},Europe/Moscow,${n === 5 ? '' : 'Kazan'}`,
)
const file = [
  'phone,name,segment,timezone,city',
  ...people.slice(0, 10),
  '12345,Too short,vip,Europe/Moscow,Perm',
  ...people.slice(10, 20),
  ',Nobody,vip,Europe/Moscow,Perm',
  ...people.slice(20),
  '+7 911 000-00-00,Martian,vip,Mars/Olympus,Perm',
].join('\n')

const blocked = { status: 422, body: '{"code":7,"message":"this number is blocked"}' }

test('a user imports clients, sends to some of them, follows the progress and reads the statistics', async ({
  page,
  herald,
  gateway,
  save,
}) => {
  await openConsole(page, herald)

  await test.step('an empty program leads to the import', async () => {
    await expect(page.getByRole('heading', { name: 'Add clients first' })).toBeVisible()
    await page.getByRole('link', { name: 'Import clients' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Import clients' })).toBeVisible()
  })

  await test.step('the columns are guessed, and what was guessed wrong is corrected', async () => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (await choosing).setFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    const meaningOf = (column: string) => page.getByRole('combobox', { name: `Map column “${column}”` })
    await expect(meaningOf('phone')).toHaveValue('Phone')
    await expect(meaningOf('name')).toHaveValue('Name')
    await expect(meaningOf('timezone')).toHaveValue('Time zone')
    await expect(meaningOf('city')).toHaveValue('Custom field')
    await expect(meaningOf('segment')).toHaveValue('Custom field')
    await meaningOf('segment').click()
    await page.getByRole('option', { name: 'Tags (separated by ;)' }).click()
    await expect(meaningOf('segment')).toHaveValue('Tags (separated by ;)')
    await page.getByRole('button', { name: 'Import', exact: true }).click()
  })

  await test.step('the report names the lines that could not be taken, and hands them out as a file', async () => {
    await expect(page.getByText('people.csv: 43 rows')).toBeVisible()
    const report = page.getByRole('main')
    await expect(report.getByText('Created').locator('..')).toHaveText('Created40')
    await expect(report.getByText('Rejected', { exact: true }).locator('..')).toHaveText('Rejected3')
    const refused = page.getByRole('grid', { name: 'Rejected rows' })
    await expect(refused.getByRole('row', { name: /^12 Phone 12345 .*11 digits/ })).toBeVisible()
    await expect(refused.getByRole('row', { name: /^23 Phone .*is missing/ })).toBeVisible()
    await expect(refused.getByRole('row', { name: /^44 Time zone Mars\/Olympus .*Enter a time zone/ })).toBeVisible()

    const { name, bytes } = await save(() => page.getByRole('button', { name: 'Download rejected rows' }).click())
    expect(name).toBe('people-refused.csv')
    const saved = bytes.toString().split(/\r?\n/)
    expect(saved).toHaveLength(4)
    expect(saved[0]).toBe('\uFEFFRow,Field,Value,Reason')
    expect(saved[1]).toMatch(/^12,Phone,12345,/)
    expect(saved[3]).toMatch(/^44,Time zone,Mars\/Olympus,/)

    await page.getByRole('link', { name: 'Go to clients' }).click()
    await expect(page.getByText('40 clients')).toBeVisible()
  })

  await test.step('a delivery is written, with the audience and a real client’s text before the eyes', async () => {
    await goTo(page, 'Deliveries')
    await page.getByRole('link', { name: 'New delivery' }).click()
    await page.getByRole('textbox', { name: 'Delivery name' }).fill('Winter sale')
    const audience = page.getByRole('region', { name: 'Recipients' }).getByRole('status')
    await expect(audience).toContainText('Everyone (40 clients).')
    await chooseAudience(page, 'Tags', /^vip/)
    await expect(audience).toContainText('30 recipients')

    const text = page.getByRole('textbox', { name: 'Message text' })
    await text.fill('Hello, ')
    await page.getByRole('button', { name: 'Insert variable' }).click()
    await page.getByRole('menuitem', { name: /^Name/ }).click()
    await expect(text).toHaveValue('Hello, {{ name }}')
    await text.pressSequentially('! All of {{ city }} awaits you')
    const preview = page.getByRole('complementary', { name: 'Preview' })
    await expect(preview).toContainText('To Person 0, +7 900 000-00-00')
    await expect(preview).toContainText('Hello, Person 0! All of Kazan awaits you')
    await expect(preview).toContainText('1 SMS part')
    await preview.getByRole('button', { name: 'Next example' }).click()
    await expect(preview).toContainText('Hello, Person 1! All of Kazan awaits you')
    await expect(page.getByText('1 client has no “city”; it will be blank.')).toBeVisible()
  })

  const held = heldBack()
  gateway.answer((request) => {
    if (request.phone === Number(phoneOf(3))) return blocked
    return gateway.requests.length <= 11 ? accepted : held.script(request)
  })

  await test.step('it starts after a question that says what will happen', async () => {
    await page.getByRole('button', { name: 'Start…' }).click()
    const question = page.getByRole('dialog', { name: 'Start “Winter sale” now?' })
    await expect(question).toContainText('Sending to 30 clients starts immediately.')
    await question.getByRole('button', { name: 'Send to 30 clients' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Winter sale' })).toBeVisible()
  })

  await test.step('the counters move by themselves until every message has its result', async () => {
    await expectCounts(page, { Sent: 10, Failed: 1, Sending: 19, Queued: 0 })
    await expect(page.getByText('11 of 30 messages processed')).toBeVisible()
    held.release()
    await expectCounts(page, { Sent: 29, Failed: 1, Sending: 0, Queued: 0 })
    await expect(page.getByText('30 of 30 messages processed')).toBeVisible()
    await expectStatus(page, 'Completed')
    await expect(page.getByRole('img', { name: /29 sent and 1 failed/ })).toBeVisible()
    expect(gateway.requests).toHaveLength(30)
    expect(gateway.requests.map(({ text }) => text)).toContain('Hello, Person 7! All of Kazan awaits you')
  })

  await test.step('a failed message tells what the gateway said', async () => {
    await counter(page, 'Failed').click()
    const messages = page.getByRole('grid', { name: 'Messages' })
    await expect(messages.getByRole('row')).toHaveCount(2)
    const failed = messages.getByRole('row', { name: phoneWords(3) })
    await expect(failed).toContainText('Rejected by gateway')
    await failed.click()
    const story = page.getByRole('dialog', { name: /^Message \d+$/ })
    const request = story.getByRole('listitem').filter({ hasText: 'Request 1' })
    await expect(request).toContainText('HTTP 422')
    await expect(request).toContainText('this number is blocked')
    await story.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('the statistics add up', async () => {
    await goTo(page, 'Statistics')
    await expect(statistic(page, 'Messages by status', 'Sent')).toHaveText('29')
    await expect(statistic(page, 'Messages by status', 'Failed')).toHaveText('1')
    await expect(statistic(page, 'Messages by status', 'Total')).toHaveText('30')
    await expect(statistic(page, 'Deliveries by status', 'Completed')).toHaveText('1')
    await expect(
      page.getByRole('grid', { name: 'By delivery' }).getByRole('row', { name: /Winter sale/ }),
    ).toContainText('96.7%')
  })
})

/** As the console writes a phone. */
function phoneWords(n: number): RegExp {
  return new RegExp(`900 000-00-${String(n).padStart(2, '0')}`)
}
