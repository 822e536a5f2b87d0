import { chooseAudience, goTo, openConsole } from '../support/e2e-console.ts'
import { addClients, addCrowd } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a filter is saved as a segment, shows why a client is excluded, and is used for a delivery', async ({
  page,
  herald,
}) => {
  await addClients(herald, 20)
  await addCrowd(herald)
  await herald.client.clients.create({ phone: '79161000001', name: 'Вера', tags: ['all', 'vip'] })
  await herald.client.clients.create({ phone: '79161000002', name: 'Anna', tags: ['all', 'vip', 'debtor'] })
  await openConsole(page, herald)
  await goTo(page, 'Segments')
  const sentence = page.getByRole('group', { name: 'Recipients' })

  await test.step('the filter reads as a sentence, and counts as it grows', async () => {
    await page.getByRole('link', { name: 'New segment' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Good clients')
    await expect(sentence).toContainText('Everyone')
    const count = page.getByRole('status').filter({ hasText: /recipient/ })
    await chooseAudience(page, 'Tags', /^vip/)
    await expect(count).toContainText('2 recipients')
    await chooseAudience(page, 'Operator codes', /^900/)
    await expect(page.getByText('No clients match.')).toBeVisible()
    await sentence.getByRole('button', { name: 'Match: and' }).click()
    await expect(count).toContainText('22 recipients')
    await chooseAudience(page, 'Exclude tags', /^debtor/)
    await expect(count).toContainText('21 recipients')
    await expect(sentence).toHaveText(
      /^Clientstagged “vip”oroperator code 900except tagged “debtor”[+] time zone[+] language$/,
    )
  })

  await test.step('for a chosen client it shows in or out, and why', async () => {
    const tried = page.getByRole('combobox', { name: 'Check a client' })
    await tried.fill('anna')
    await page.getByRole('option', { name: /Anna/ }).click()
    const why = page.getByRole('status').filter({ hasText: 'Not included' })
    await expect(why.getByRole('listitem')).toHaveText([
      'subscribed',
      'not tagged “debtor”',
      'tagged “vip”',
      'operator code 900',
    ])
    await tried.fill('вера')
    await page.getByRole('option', { name: /Вера/ }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Included/ })).toBeVisible()
  })

  await test.step('it is in the list with its count; a deletion can be undone', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    const row = page.getByRole('grid', { name: 'Segments' }).getByRole('row', { name: /Good clients/ })
    await expect(row).toContainText('21')
    await row.getByRole('button', { name: 'Delete Good clients' }).click()
    await expect(page.getByText('No segments yet')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(row).toContainText('21')
  })

  await test.step('a delivery takes it, and may keep another', async () => {
    await page.getByRole('link', { name: 'Send to Good clients' }).click()
    await expect(sentence).toContainText('except tagged “debtor”')
    await expect(page.getByRole('combobox', { name: 'Use a segment' })).toHaveValue('Good clients')
    await chooseAudience(page, 'Time zones', /^Europe\/Moscow/)
    await page.getByRole('button', { name: 'Save as segment' }).click()
    await page.getByRole('textbox', { name: 'Segment name' }).fill('Good and in Moscow')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Segment “Good and in Moscow” saved')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Use a segment' })).toHaveValue('Good and in Moscow')
  })
})
