import { expect, type Locator, type Page } from '@playwright/test'
import type { WebProgram } from './web-program.ts'

/** Opens the console as the user does: by the link that the program printed. */
export async function openConsole(page: Page, herald: WebProgram): Promise<void> {
  // A window of the desktop program has already opened it.
  if (!page.url().startsWith(herald.link)) await page.goto(herald.link)
  // The first screen of a new browser loads slowly on a busy machine.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 30_000 })
}

/** Returns the page that shows the console. On the real Electron each start of the program has a new window. */
export async function shownPage(page: Page, herald: WebProgram): Promise<Page> {
  return herald.desktop === undefined ? page : herald.desktop.page()
}

/** Opens the console after a restart of the program, and returns its page. */
export async function reopenConsole(page: Page, herald: WebProgram): Promise<Page> {
  const shown = await shownPage(page, herald)
  await openConsole(shown, herald)
  return shown
}

/** Goes to a screen by its address, such as `/deliveries/1`, as a bookmark does. */
export async function openAddress(page: Page, herald: WebProgram, address: string): Promise<void> {
  await page.goto(new URL(`/#${address}`, herald.link).href)
}

type Screen =
  | 'Dashboard'
  | 'Deliveries'
  | 'Clients'
  | 'Segments'
  | 'Do not contact'
  | 'Statistics'
  | 'Activity'
  | 'Settings'

/** Goes to a screen by the navigation. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: screen }).click()
  await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible()
}

/** Opens a delivery's page from the list of deliveries. */
export async function openDelivery(page: Page, name: string): Promise<void> {
  await goTo(page, 'Deliveries')
  await page.getByRole('grid', { name: 'Deliveries' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

type Counter = 'Queued' | 'Sending' | 'Sent' | 'Failed' | 'Expired' | 'Cancelled' | 'Unknown'

/** Returns a live counter of a delivery's page; a click filters the message table by it. */
export function counter(page: Page, status: Counter): Locator {
  return page.getByRole('group', { name: 'Messages by status' }).getByRole('button', { name: status })
}

/** Waits until the live counters show exactly these numbers, which the page receives as events. */
export async function expectCounts(page: Page, counts: { readonly [status in Counter]?: number }): Promise<void> {
  for (const [status, count] of Object.entries(counts))
    await expect(counter(page, status as Counter)).toHaveText(`${status}${count.toLocaleString('en-US')}`, {
      timeout: 30_000,
    })
}

/** Waits until a delivery's page shows this status beside its name. */
export async function expectStatus(page: Page, status: 'Completed'): Promise<void> {
  await expect(page.locator('header').getByText(status, { exact: true })).toBeVisible()
}

/** Returns the cell of a table under these headers of row and column. */
export function statistic(page: Page, table: string, row: string): Locator {
  return page.getByRole('table', { name: table }).getByRole('row', { name: row }).getByRole('cell').first()
}

/** Chooses an option of a segmented control. Its radio buttons are for the keyboard; the pointer meets the labels. */
export async function choose(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click()
}

/** Types at the end of a text. `End` does not go there on macOS; the end of the selection does on every system. */
export async function writeOn(text: Locator, words: string): Promise<void> {
  await text.press('ControlOrMeta+a')
  await text.press('ArrowRight')
  await text.pressSequentially(words)
}

const adding = {
  Tags: '+ tag',
  'Operator codes': '+ operator code',
  'Time zones': '+ time zone',
  'Exclude tags': '+ exclusion',
} as const

/** Opens one part of an audience's sentence, with or without a choice. */
export async function openAudiencePart(page: Page, part: keyof typeof adding): Promise<Locator> {
  const sentence = page.getByRole('group', { name: 'Recipients' })
  await sentence.getByRole('button', { name: new RegExp(`^(${part}: |${adding[part].replace('+', '[+]')}$)`) }).click()
  return page.getByRole('dialog').getByRole('combobox', { name: part })
}

/** Filters an audience in its sentence. */
export async function chooseAudience(page: Page, part: keyof typeof adding, option: RegExp): Promise<void> {
  const choice = await openAudiencePart(page, part)
  await choice.click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(choice).toBeHidden()
}
