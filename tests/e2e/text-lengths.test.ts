import { chooseAudience, openAudiencePart, openConsole, writeOn } from '../support/e2e-console.ts'
import { addClients, phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('the composer shows the SMS parts for all recipients, and what one letter changes', async ({ page, herald }) => {
  await addClients(herald, 30)
  await herald.client.clients.create({ phone: phoneOf(30), name: 'Maximilian '.repeat(15).trim(), tags: ['long'] })
  await openConsole(page, herald)
  await page.getByRole('link', { name: 'New delivery' }).click()
  const text = page.getByRole('textbox', { name: 'Message text' })
  const lengths = page.getByRole('region', { name: 'All recipients' })
  const figure = (name: string) => lengths.getByRole('term').filter({ hasText: name }).locator('+ dd')

  await test.step('the one with a long name is not among the examples, but counts', async () => {
    await text.fill('Hello, {{ name }}!')
    await expect(figure('Total SMS parts')).toHaveText('32')
    await expect(figure('Parts per message')).toHaveText('1 to 2')
    await expect(figure('Encoding')).toHaveText('GSM-7')
    await expect(lengths).toContainText('The longest (2 SMS parts) is for Maximilian')
  })

  await test.step('a Cyrillic letter halves what fits into a part', async () => {
    await writeOn(text, ' Дo')
    await expect(figure('Encoding')).toHaveText('UCS-2')
    await expect(lengths).toContainText('because of the Cyrillic letter “Д” (message to Client 0)')
    await expect(figure('Total SMS parts')).toHaveText('33')
    await expect(figure('Parts per message')).toHaveText('1 to 3')
  })

  await test.step('a letter in one client’s name is attributed to that client', async () => {
    await herald.client.clients.create({ phone: phoneOf(31), name: 'Вера' })
    await text.fill('Hello, {{ name }}!')
    await expect(figure('Encoding')).toHaveText('GSM-7 for 31 clients')
    await expect(lengths).toContainText('UCS-2 for 1 client')
    await expect(lengths).toContainText('message to Вера')
    await expect(figure('Total SMS parts')).toHaveText('33')
  })

  await test.step('another audience has other sums', async () => {
    await chooseAudience(page, 'Tags', /^long/)
    await expect(figure('Total SMS parts')).toHaveText('2')
    await expect(figure('Parts per message')).toHaveText('2')
    await expect(figure('Encoding')).toHaveText('GSM-7')
  })

  await test.step('the number of clients with an empty text is shown', async () => {
    await chooseAudience(page, 'Exclude tags', /^long/)
    await expect(lengths).toHaveCount(0)
    await (await openAudiencePart(page, 'Exclude tags')).press('Backspace')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await text.fill('{% unless name contains "Max" %}Hello{% endunless %}')
    await expect(page.getByText('1 client would be skipped: empty message')).toBeVisible()
  })
})
