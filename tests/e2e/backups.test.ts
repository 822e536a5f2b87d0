import { goTo, openConsole, shownPage } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a backup can be restored after a mistake', async ({ page, herald, expectComplaint }) => {
  expectComplaint(/net::ERR_/, 'the program begins anew in the middle of this story')
  await addClients(herald, 7)
  const startsAt = new Date(Date.now() + 3_600_000).toISOString()
  const { id } = await herald.client.deliveries.create({ name: 'Tomorrow', text: 'Hello', startsAt })
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const table = page.getByRole('table', { name: 'Backups' })

  await test.step('a backup is made at once', async () => {
    await page.getByRole('button', { name: 'Back up now' }).click()
    await expect(page.getByText(/^Backup created: /)).toBeVisible()
    await expect(table.getByRole('row', { name: /manual/ })).toHaveCount(1)
  })

  await test.step('which stay is her choice', async () => {
    await page.getByRole('textbox', { name: 'Daily backups to keep' }).fill('5')
    await page.keyboard.press('Tab')
    await expect.poll(async () => (await herald.client.backups.list()).policy.keep).toBe(5)
  })

  await addClients(herald, 9)

  await test.step('the question tells what is in it and what will happen, and takes no for an answer', async () => {
    await table.getByRole('button', { name: /^Restore/ }).click()
    const question = page.getByRole('dialog', { name: /^Restore the backup of / })
    await expect(question).toContainText('The backup is valid: 7 clients, 1 delivery and 0 messages.')
    await expect(question).toContainText('set aside')
    await question.getByRole('button', { name: 'Keep current data' }).click()
    await expect(question).toBeHidden()
    expect((await herald.client.clients.count({})).count).toBe(9)
  })

  const shown =
    await test.step('after the restore the console shows the old state, and nothing is sent automatically', async () => {
      await table.getByRole('button', { name: /^Restore/ }).click()
      const question = page.getByRole('dialog', { name: /^Restore the backup of / })
      await question.getByRole('button', { name: 'Restore backup' }).click()
      // Said in passing, in the window that is there when the program is back; until then there may be none to look at.
      const isSaid = async () => (await shownPage(page, herald)).getByText(/^Restored to /).isVisible()
      await expect.poll(() => isSaid().catch(() => false)).toBe(true)
      await expect.poll(async () => (await herald.client.clients.count({}).catch(() => null))?.count).toBe(7)
      const shown = await shownPage(page, herald)
      await goTo(shown, 'Clients')
      await expect(shown.getByText('7 clients')).toBeVisible()
      expect((await herald.client.deliveries.get({ id })).status).toBe('paused')
      return shown
    })

  await test.step('a backup that is not wanted goes', async () => {
    await goTo(shown, 'Settings')
    await shown.getByRole('button', { name: /^Delete the backup/ }).click()
    await shown.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(shown.getByText('No backups yet.')).toBeVisible()
  })
})
