import { openAddress, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

test('where the system has no keyring she is asked before the token is kept less safely', async ({
  page,
  startHerald,
  expectComplaint,
}) => {
  expectComplaint(/409 .*gateway\/update/, 'the first try is refused for want of a keyring')
  const herald = await startHerald()
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')
  // The web door has its key file always: it answers here as the desktop does without a keyring, until a key file is allowed.
  await page.route('**/rpc/gateway/update', async (route) => {
    if (route.request().postData()?.includes('keyFile')) return route.continue()
    const reason = 'This system offers no keyring, so the gateway token cannot be stored safely.'
    const json = { defined: true, code: 'CONFLICT', status: 409, message: reason, data: { field: 'token', reason } }
    await route.fulfill({ status: 409, json: { json } })
  })
  await page.getByText('HTTP service', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill('https://gateway.example/send')
  const token = page.getByLabel('Token', { exact: true })
  await token.fill('a-secret-token')
  const question = page.getByRole('dialog', { name: 'Store the token less safely?' })

  await test.step('no leaves everything as it was, with the reason at the field', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByText('This system offers no keyring')).toBeVisible()
    expect(await herald.client.gateway.get()).toMatchObject({ hasToken: false })
  })

  await test.step('yes keeps it with a key file', async () => {
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: 'Store it with a key file' }).click()
    await expect.poll(async () => (await herald.client.gateway.get()).hasToken).toBe(true)
  })
})
