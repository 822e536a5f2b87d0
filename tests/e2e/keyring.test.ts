import { openAddress, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

test('without a keyring the user is asked before the token is stored less safely', { tag: '@desktop' }, async ({
  page,
  startDesktop,
}) => {
  const herald = await startDesktop({ keyring: false })
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')
  await page.getByText('HTTP service', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill('https://gateway.example/send')
  const token = page.getByLabel('Token', { exact: true })
  await token.fill('a-secret-token')
  const question = page.getByRole('dialog', { name: 'Store the token less safely?' })

  await test.step('no leaves everything as it was, with the reason at the field', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByText('This system has no keyring')).toBeVisible()
    expect(await herald.client.gateway.get()).toMatchObject({ hasToken: false })
  })

  await test.step('yes keeps it with a key file, also over a restart', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: 'Store with a key file' }).click()
    await expect.poll(async () => (await herald.client.gateway.get()).hasToken).toBe(true)
    await herald.stop()
    await herald.startAgain()
    expect(await herald.client.gateway.get()).toMatchObject({ hasToken: true })
  })
})
