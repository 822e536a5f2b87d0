import type { Page } from '@playwright/test'
import { goTo, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

/** Drops a file on the middle of the window, as from the system's file manager; tells whether the page took it. */
async function dropFile(page: Page, name: string, text: string): Promise<boolean> {
  const dropped = await page.evaluateHandle(
    ({ name, text }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], name))
      return transfer
    },
    { name, text },
  )
  return page.evaluate((dataTransfer) => {
    const target = document.querySelector('h1') ?? document.body
    const event = (kind: string) => new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true })
    const isAllowed = !target.dispatchEvent(event('dragover'))
    return isAllowed && !target.dispatchEvent(event('drop'))
  }, dropped)
}

test('a table dropped anywhere on the window opens the import; other files do not', async ({ page, herald }) => {
  await openConsole(page, herald)
  const sample = page.getByRole('table', { name: 'First rows of the file' })

  await test.step('what is no table is refused in words', async () => {
    await goTo(page, 'Statistics')
    expect(await dropFile(page, 'photo.png', 'x')).toBe(true)
    await expect(page.getByText('This file can’t be imported')).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Statistics' })).toBeVisible()
  })

  await test.step('a table opens the import', async () => {
    expect(await dropFile(page, 'clients.csv', 'phone;name\n+7 900 000-00-01;Anna\n')).toBe(true)
    await expect(page).toHaveURL(/#\/clients\/import$/)
    await expect(sample).toContainText('Anna')
  })

  await test.step('another one takes its place', async () => {
    expect(await dropFile(page, 'others.csv', 'phone;name\n+7 900 000-00-02;Boris\n')).toBe(true)
    await expect(sample).toContainText('Boris')
    await expect(sample).not.toContainText('Anna')
  })

  await test.step('and is not opened again when one comes back', async () => {
    await goTo(page, 'Deliveries')
    await page.goBack()
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  })
})
