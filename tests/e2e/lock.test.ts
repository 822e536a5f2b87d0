import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { goTo, openAddress, openConsole, shownPage } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

const passphrase = 'correct horse battery'

const lockScreen = (page: Page) => page.getByRole('heading', { level: 1, name: 'Herald is locked' })
const field = (page: Page) => page.getByRole('textbox', { name: 'Passphrase', exact: true })
const fill = (page: Page, label: string, value: string) =>
  page.getByRole('textbox', { name: label, exact: true }).fill(value)

async function setPassphrase(page: Page, value: string): Promise<void> {
  await fill(page, 'New passphrase', value)
  await fill(page, 'Repeat new passphrase', value)
  await page.getByRole('button', { name: 'Set passphrase' }).click()
  await expect(page.getByText('Passphrase set')).toBeVisible()
}

async function unlock(page: Page): Promise<void> {
  await field(page).fill(passphrase)
  await page.keyboard.press('Enter')
}

test('a locked console shows nothing until it is unlocked', async ({ page, herald, gateway, expectComplaint }) => {
  expectComplaint(/status of 409/, 'a wrong passphrase is refused')
  await addClients(herald, 3)
  await openConsole(page, herald)

  await test.step('without a passphrase there is nothing to lock with', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('textbox', { name: 'Commands and search' }).fill('lock')
    await expect(page.getByText('No results')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a passphrase is set; a short one, and two that differ, are refused beside their fields', async () => {
    await goTo(page, 'Settings')
    await fill(page, 'New passphrase', 'short')
    await fill(page, 'Repeat new passphrase', 'other')
    await page.getByRole('button', { name: 'Set passphrase' }).click()
    await expect(page.getByText('Minimum 8 characters')).toBeVisible()
    await expect(page.getByText('Passphrases don’t match')).toBeVisible()
    await setPassphrase(page, passphrase)
    await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
  })

  await test.step('a command locks: nothing of the screen is left, and sending continues', async () => {
    await openAddress(page, herald, '/clients?client=2')
    await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Client 1')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await openAddress(page, herald, '/clients?tag=all')
    await expect(page.getByText('Client 1')).toBeVisible()
    await herald.client.deliveries.create({ text: 'Hello', startsAt: new Date(Date.now() + 1500).toISOString() })
    await page.locator('body').press('g')
    await page.keyboard.press('l')
    await expect(lockScreen(page)).toBeVisible()
    await expect(field(page)).toBeFocused()
    await expect(page.getByText('Deliveries continue in the background')).toBeVisible()
    await expect(page).toHaveTitle('Herald is locked · Herald')
    expect(await page.content()).not.toContain('Client 1')
    expect(await page.getByRole('navigation').count()).toBe(0)
    await gateway.received(3)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })

  const shown = await test.step('a reload, and a new start of the program, show the same', async () => {
    await page.reload()
    await expect(lockScreen(page)).toBeVisible()
    await herald.stop()
    await herald.startAgain()
    const shown = await shownPage(page, herald)
    // Another window begins at the first screen.
    await openAddress(shown, herald, '/clients?tag=all')
    await shown.reload()
    await expect(lockScreen(shown)).toBeVisible()
    await shown.keyboard.press('ControlOrMeta+k')
    await expect(shown.getByRole('dialog')).toHaveCount(0)
    return shown
  })

  await test.step('a wrong passphrase is said to be one, beside the field', async () => {
    await field(shown).fill('a wrong one')
    await shown.keyboard.press('Enter')
    await expect(shown.getByText('Wrong passphrase')).toBeVisible()
    await expect(field(shown)).toHaveAccessibleDescription('Wrong passphrase')
    await expect(field(shown)).toBeFocused()
  })

  await test.step('the right one opens the address that was left', async () => {
    await unlock(shown)
    await expect(shown.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
    await expect(shown).toHaveURL(/#\/clients\?tag=all$/)
    await expect(shown.getByText('Client 1')).toBeVisible()
  })

  await test.step('the passphrase is changed and removed', async () => {
    await goTo(shown, 'Settings')
    await shown.getByRole('button', { name: 'Change passphrase' }).click()
    await fill(shown, 'Current passphrase', 'a wrong one')
    await fill(shown, 'New passphrase', `${passphrase} 2`)
    await fill(shown, 'Repeat new passphrase', `${passphrase} 2`)
    await shown.getByRole('button', { name: 'Change', exact: true }).click()
    await expect(shown.getByText('Wrong passphrase')).toBeVisible()
    await fill(shown, 'Current passphrase', passphrase)
    await shown.getByRole('button', { name: 'Change', exact: true }).click()
    await expect(shown.getByText('Passphrase changed')).toBeVisible()
    await shown.getByRole('button', { name: 'Remove passphrase' }).click()
    await fill(shown, 'Current passphrase', `${passphrase} 2`)
    await shown.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(shown.getByText('Passphrase removed')).toBeVisible()
    await expect(shown.getByRole('button', { name: 'Lock now' })).toBeHidden()
    await shown.reload()
    await expect(shown.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })
})

test('all windows lock together, and unlock on focus', { tag: '@not-electron' }, async ({ page, herald }) => {
  await addClients(herald, 3)
  await herald.client.lock.setPassphrase({ next: passphrase })
  await openConsole(page, herald)
  await goTo(page, 'Clients')
  await expect(page.getByText('Client 1')).toBeVisible()
  const other = await page.context().newPage()
  await openAddress(other, herald, '/settings')

  await other.getByRole('button', { name: 'Lock now' }).click()

  await expect(lockScreen(other)).toBeVisible()
  await expect(lockScreen(page)).toBeVisible()
  await unlock(other)
  await expect(other.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await other.close()
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByText('Client 1')).toBeVisible()
})

test('the console locks automatically after the chosen idle time', async ({ page, herald }) => {
  await page.clock.install()
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  await setPassphrase(page, passphrase)
  await page.getByRole('combobox', { name: 'Auto-lock' }).click()
  await page.getByRole('option', { name: 'After 5 minutes' }).click()
  await expect.poll(async () => (await herald.client.lock.state()).idleMinutes).toBe(5)

  await test.step('not while somebody is there', async () => {
    for (let n = 0; n < 3; n += 1) {
      await page.clock.fastForward('04:00')
      await page.mouse.move(100 + 10 * n, 100)
    }
    await page.clock.fastForward('04:00')
    await page.locator('body').press('Shift')
    await page.clock.fastForward('04:00')
    expect((await herald.client.lock.state()).isLocked).toBe(false)
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  await test.step('but after that, for every window and for scripts', async () => {
    await page.clock.fastForward('01:01')
    await expect(lockScreen(page)).toBeVisible()
    await expect(herald.client.clients.list({})).rejects.toMatchObject({ code: 'LOCKED' })
    await unlock(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  await test.step('a closed window counts as idle time, even if it is reopened soon after', async () => {
    await page.goto('about:blank')
    await page.clock.fastForward('06:00')
    await openAddress(page, herald, '/settings')
    await expect(lockScreen(page)).toBeVisible()
  })
})
