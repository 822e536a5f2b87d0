import { goTo, openAddress, openConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('when the program is unreachable, the console shows it, keeps the input, and continues on reconnect', {
  tag: '@web',
}, async ({ page, herald, expectComplaint }) => {
  expectComplaint(/net::ERR_/, 'the program is killed in the middle of this story')
  await addClients(herald, 3)
  await openConsole(page, herald)
  await goTo(page, 'Clients')
  await expect(page.getByText('3 clients')).toBeVisible()
  const notice = page.getByText('Connection lost')
  const form = page.getByRole('dialog', { name: 'New client' })

  await test.step('a quiet line says so, and what is on the screen stays', async () => {
    await herald.kill()
    await expect(notice).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('row', { name: /Client 2/ })).toBeVisible()
  })

  await test.step('what cannot be saved now is not lost', async () => {
    await page.getByRole('button', { name: 'Add client' }).click()
    await form.getByRole('textbox', { name: 'Phone' }).fill('+7 900 123-45-67')
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Patience')
    await form.getByRole('button', { name: 'Add client' }).click()
    await expect(form.getByRole('alert')).toContainText('Herald isn’t responding')
    await expect(form.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Patience')
  })

  await test.step('on reconnect, the banner disappears and the work continues', async () => {
    await herald.startAgain()
    await expect(notice).toBeHidden({ timeout: 30_000 })
    await form.getByRole('button', { name: 'Add client' }).click()
    await expect(form).toBeHidden()
    await expect(page.getByRole('row', { name: /Patience/ })).toBeVisible()
    await expect(page.getByText('4 clients')).toBeVisible()
    await herald.client.clients.create({ phone: '79001234568', name: 'From elsewhere' })
    await expect(page.getByRole('row', { name: /From elsewhere/ })).toBeVisible()
  })
})

test('an unknown address shows an error and a link back', async ({ page, herald, expectComplaint }) => {
  expectComplaint(/status of 404/, 'Chromium reports every answer of this kind, and here it is the right one')
  expectComplaint(/status of 400/, 'an id that is no number is refused as such')
  await openConsole(page, herald)

  await openAddress(page, herald, '/deliveries/424242')
  await expect(page.getByRole('heading', { name: 'Delivery 424242 not found' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'All deliveries' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Deliveries' })).toBeVisible()

  await openAddress(page, herald, '/deliveries/424242/edit')
  await expect(page.getByRole('heading', { name: 'Delivery 424242 not found' })).toBeVisible()

  await openAddress(page, herald, '/deliveries/nonsense')
  await expect(page.getByRole('heading', { name: 'Delivery not found' })).toBeVisible()

  await openAddress(page, herald, '/no/such/screen')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to dashboard' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
})

test('the open page of a delivery shows that it was deleted elsewhere', async ({ page, herald, expectComplaint }) => {
  expectComplaint(/status of 404/, 'the page asks for what is no longer there')
  await addClients(herald, 2)
  const { id } = await herald.client.deliveries.create({ name: 'Short-lived', text: 'Hello', draft: true })
  await openConsole(page, herald)
  await openAddress(page, herald, `/deliveries/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Short-lived' })).toBeVisible()
  await herald.client.deliveries.delete({ id })
  await expect(page.getByRole('heading', { name: `Delivery ${id} not found` })).toBeVisible()
})

test('without the link the console stays closed and says in both languages how to open it', { tag: '@web' }, async ({
  page,
  herald,
  expectComplaint,
}) => {
  expectComplaint(/status of 401/, 'this is what it is about')
  await page.goto(new URL('/', herald.link).href)
  await expect(page.getByText('To open Herald, use the link it printed at startup')).toBeVisible()
  await expect(page.getByText('Откройте Herald по ссылке')).toBeVisible()
  await openConsole(page, herald)
  await expect(page).not.toHaveURL(/token/)
})
