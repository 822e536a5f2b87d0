import { expect, type Locator, type Page } from '@playwright/test'
import type { WebProgram } from './web-program.ts'

/** Opens the console as the operator does: through the link that the program printed. */
export async function openConsole(page: Page, herald: WebProgram): Promise<void> {
  // A window of the desktop program has opened it by itself.
  if (!page.url().startsWith(herald.link)) await page.goto(herald.link)
  // The first screen of a fresh browser: on a busy machine its code takes a while.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 30_000 })
}

/** The page that shows the console now. On the real Electron a window goes with its process, so after a new start it is another one. */
export async function shownPage(page: Page, herald: WebProgram): Promise<Page> {
  return herald.desktop === undefined ? page : herald.desktop.page()
}

/** Opens the console after a new start of the program, in the page that it gives back. */
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

/** Goes to one of the screens by the navigation at the side. */
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

/** One of the live counters of a delivery's page; a press narrows the message table to it. */
export function counter(page: Page, status: Counter): Locator {
  return page.getByRole('group', { name: 'Messages by status' }).getByRole('button', { name: status })
}

/** Waits until the live counters show exactly these numbers; the page is told, and asks for nothing. */
export async function expectCounts(page: Page, counts: { readonly [status in Counter]?: number }): Promise<void> {
  for (const [status, count] of Object.entries(counts))
    await expect(counter(page, status as Counter)).toHaveText(`${status}${count.toLocaleString('en-US')}`, {
      timeout: 30_000,
    })
}

/** Waits until a delivery's page says this of it, beside its name. */
export async function expectStatus(page: Page, status: 'Completed'): Promise<void> {
  await expect(page.locator('header').getByText(status, { exact: true })).toBeVisible()
}

/** A cell of a table that says on its row's and column's headers what it counts. */
export function statistic(page: Page, table: string, row: string): Locator {
  return page.getByRole('table', { name: table }).getByRole('row', { name: row }).getByRole('cell').first()
}

/** Chooses one of a few that stand side by side. Their radio buttons are there for the keyboard; the pointer meets their words. */
export async function choose(page: Page, group: string, choice: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click()
}

/** Writes on at the end of a text. `End` would not lead there on macOS, the end of what is selected does everywhere. */
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

/** Opens one part of an audience's sentence, whether something is chosen there already or not. */
export async function openAudiencePart(page: Page, part: keyof typeof adding): Promise<Locator> {
  const sentence = page.getByRole('group', { name: 'Recipients' })
  await sentence.getByRole('button', { name: new RegExp(`^(${part}: |${adding[part].replace('+', '[+]')}$)`) }).click()
  return page.getByRole('dialog').getByRole('combobox', { name: part })
}

/** Narrows an audience, in the sentence that says whom it holds. */
export async function chooseAudience(page: Page, part: keyof typeof adding, option: RegExp): Promise<void> {
  const choice = await openAudiencePart(page, part)
  await choice.click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(choice).toBeHidden()
}
