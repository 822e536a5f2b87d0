import { chooseAudience, goTo, openConsole, writeOn } from '../support/e2e-console.ts'
import { addClients, addCrowd, phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a text is saved as a template, sent as a test, and restored after leaving', async ({ page, herald, gateway }) => {
  await addClients(herald, 5)
  await addCrowd(herald)
  await herald.client.clients.optOut({ phones: phoneOf(4) })
  await herald.client.gateway.update({ ratePerSecond: 2 })
  await openConsole(page, herald)
  await page.getByRole('link', { name: 'New delivery' }).click()
  const text = page.getByRole('textbox', { name: 'Message text' })
  const templates = page.getByRole('button', { name: 'Templates' })

  await chooseAudience(page, 'Tags', /^all/)

  await test.step('a text that will be needed again is kept under a name', async () => {
    await text.fill('Dear {{ name }}, your bill is ready')
    await templates.click()
    await expect(page.getByText('No templates yet.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Save as template' }).fill('Bills')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('list', { name: 'Templates' }).getByText('Bills')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('it takes the place of another text, which Ctrl+Z brings back', async () => {
    await text.fill('Something else')
    await templates.click()
    await page
      .getByRole('list', { name: 'Templates' })
      .getByRole('button', { name: /^Bills/ })
      .click()
    await expect(text).toHaveValue('Dear {{ name }}, your bill is ready')
    await text.press('ControlOrMeta+z')
    await expect(text).toHaveValue('Something else')
    await text.press('ControlOrMeta+Shift+z')
    await expect(text).toHaveValue('Dear {{ name }}, your bill is ready')
  })

  await test.step('it is deleted, and comes back when that was a mistake', async () => {
    await templates.click()
    await page.getByRole('button', { name: 'Delete template “Bills”' }).click()
    await expect(page.getByText('Template “Bills” deleted')).toBeVisible()
    // A click beside the list closes it.
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('list', { name: 'Templates' })).toBeHidden()
    await expect.poll(async () => (await herald.client.templates.list()).map(({ name }) => name)).toEqual(['Bills'])
  })

  await test.step('a test message shows the text as the client in the preview would read it', async () => {
    await expect(page.getByText('Dear Client 0, your bill is ready')).toBeVisible()
    await page.getByRole('button', { name: 'Send to myself' }).click()
    await page.getByRole('textbox', { name: 'Your phone number' }).fill('+7 999 000-00-00')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByText(/^Accepted in/)).toBeVisible()
    expect(gateway.requests).toMatchObject([{ phone: 79990000000, text: 'Dear Client 0, your bill is ready' }])
    await page.keyboard.press('Escape')
  })

  await test.step('the last lines say how many, how long, and who gets nothing', async () => {
    const summary = page.getByText('4 clients get this text, starting immediately.')
    await expect(summary).toContainText('The gateway is limited to 2 messages per second, so this takes at least 2')
    await expect(summary).toContainText('1 opted-out client excluded.')
  })

  await test.step('the text is restored after leaving, and after a reload', async () => {
    await goTo(page, 'Statistics')
    await page.goBack()
    await expect(text).toHaveValue('Dear {{ name }}, your bill is ready')
    await expect(page.getByText('Unsaved draft restored')).toBeVisible()
    await writeOn(text, '!')
    await page.reload()
    await expect(text).toHaveValue('Dear {{ name }}, your bill is ready!')
  })

  await test.step('after starting over or saving, it is not restored any more', async () => {
    await page.getByRole('button', { name: 'Start over' }).click()
    await expect(text).toHaveValue('')
    await text.fill('Hello')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Hello' })).toBeVisible()
    await goTo(page, 'Deliveries')
    await page.getByRole('link', { name: 'New delivery' }).first().click()
    await expect(text).toHaveValue('')
    await expect(page.getByText('Unsaved draft restored')).toBeHidden()
  })
})
