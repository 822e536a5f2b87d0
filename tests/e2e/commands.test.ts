import { openConsole } from '../support/e2e-console.ts'
import { addClients, addCrowd } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('the palette and the shortcuts lead everywhere', async ({ page, herald }) => {
  await addClients(herald, 5)
  await addCrowd(herald)
  const startsAt = new Date(Date.now() + 3_600_000).toISOString()
  await herald.client.deliveries.create({ name: 'November bills', text: 'Hello', startsAt })
  await herald.client.segments.create({ name: 'Regulars', filter: { tags: ['all'] } })
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const palette = page.getByRole('textbox', { name: 'Commands and search' })
  await openConsole(page, herald)

  await test.step('a delivery is opened by a part of its name', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(palette).toBeFocused()
    await palette.fill('novem')
    await expect(page.getByRole('button', { name: 'November bills' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(heading('November bills')).toBeVisible()
  })

  await test.step('a client by their phone, and the way back closes their drawer', async () => {
    await page.getByRole('button', { name: /^Search/ }).click()
    await palette.fill('000 003')
    await page.getByRole('button', { name: 'Client 3' }).click()
    await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Client 3')
    await expect(page).toHaveURL(/#\/clients\?client=4$/)
    await page.goBack()
    await expect(heading('November bills')).toBeVisible()
    await page.goForward()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  await test.step('a segment by its name, and a command that leads into the midst of a screen', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await palette.fill('regul')
    await page.getByRole('button', { name: 'Regulars' }).click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Regulars')
    await page.keyboard.press('ControlOrMeta+k')
    await palette.fill('compare')
    await page.keyboard.press('Enter')
    await expect(heading('Statistics')).toBeVisible()
    await expect(page).toHaveURL(/view=comparison$/)
  })

  await test.step('keys go from screen to screen, but not while one types', async () => {
    await expect(palette).toBeHidden()
    await page.locator('body').press('g')
    await page.keyboard.press('s')
    await expect(heading('Statistics')).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await expect(heading('Deliveries')).toBeVisible()
    await page.keyboard.press('/')
    const search = page.getByRole('textbox', { name: 'Search by name' })
    await expect(search).toBeFocused()
    await page.keyboard.type('nights')
    await expect(search).toHaveValue('nights')
    await expect(heading('Deliveries')).toBeVisible()
  })

  await test.step('a help sheet lists the keys', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('New delivery')
    await page.keyboard.press('n')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('n')
    await expect(heading('New delivery')).toBeVisible()
  })
})
