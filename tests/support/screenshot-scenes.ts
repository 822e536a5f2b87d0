import type { Page } from '@playwright/test'
import clientsEn from '../../renderer/locales/en/clients.json' with { type: 'json' }
import deliveriesEn from '../../renderer/locales/en/deliveries.json' with { type: 'json' }
import doNotContactEn from '../../renderer/locales/en/do-not-contact.json' with { type: 'json' }
import clientsRu from '../../renderer/locales/ru/clients.json' with { type: 'json' }
import deliveriesRu from '../../renderer/locales/ru/deliveries.json' with { type: 'json' }
import doNotContactRu from '../../renderer/locales/ru/do-not-contact.json' with { type: 'json' }
import { exampleCsv, type ShownDeliveries } from './screenshot-store.ts'

export type Language = 'en' | 'ru'

const wordsOf = {
  en: { clients: clientsEn, deliveries: deliveriesEn, doNotContact: doNotContactEn },
  ru: { clients: clientsRu, deliveries: deliveriesRu, doNotContact: doNotContactRu },
} as const
type Words = (typeof wordsOf)[Language]

/** A screen in a certain state. */
export interface Scene {
  readonly name: string
  /** The data of the program; `fresh` means none. */
  readonly address: (shown: ShownDeliveries) => string
  readonly fresh?: true
  /** Brings the opened screen into the state, and waits until it is shown. */
  readonly prepare: (page: Page, language: Language) => Promise<void>
}

const rows = (page: Page) => page.getByRole('row').nth(2).waitFor()

/** The scenes in order: those with the running delivery come first, since it does not wait. */
export const scenes: readonly Scene[] = [
  {
    name: 'delivery',
    address: ({ running }) => `/deliveries/${running}`,
    prepare: async (page) => {
      await page.locator('[role="img"] svg path').first().waitFor()
      await rows(page)
    },
  },
  { name: 'dashboard', address: () => '/', prepare: rows },
  { name: 'deliveries', address: () => '/deliveries', prepare: rows },
  { name: 'statistics', address: () => '/statistics', prepare: rows },
  {
    name: 'statistics-period',
    address: () => '/statistics?view=period',
    prepare: (page) => page.locator('[role="img"] svg path').first().waitFor(),
  },
  {
    name: 'statistics-comparison',
    address: () => '/statistics?view=comparison',
    prepare: (page) => page.locator('[role="img"] svg path').first().waitFor(),
  },
  {
    name: 'segment',
    address: () => '/segments/1',
    prepare: (page) => page.getByRole('group').getByRole('button').nth(3).waitFor(),
  },
  { name: 'segments', address: () => '/segments', prepare: (page) => page.getByRole('row').nth(1).waitFor() },
  { name: 'client', address: () => '/clients/2', prepare: (page) => page.getByRole('listitem').nth(1).waitFor() },
  { name: 'journal', address: () => '/activity', prepare: (page) => page.getByRole('listitem').nth(2).waitFor() },
  { name: 'log', address: () => '/activity?view=log', prepare: rows },
  {
    name: 'clients-selected',
    address: () => '/clients?tag=vip&optedOut=false',
    prepare: async (page) => {
      await rows(page)
      await page.getByRole('grid').focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Shift+ArrowDown')
    },
  },
  {
    name: 'message',
    address: ({ completed }) => `/deliveries/${completed}?status=failed`,
    prepare: async (page) => {
      await page.getByRole('row').nth(1).click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
  },
  { name: 'delivery-scheduled', address: ({ scheduled }) => `/deliveries/${scheduled}`, prepare: titled },
  { name: 'delivery-paused', address: ({ paused }) => `/deliveries/${paused}`, prepare: rows },
  { name: 'delivery-uncertain', address: ({ uncertain }) => `/deliveries/${uncertain}`, prepare: rows },
  {
    name: 'delivery-uncertain-question',
    address: ({ uncertain }) => `/deliveries/${uncertain}`,
    prepare: (page, language) => press(page, words(language).deliveries.settling.all.resend),
  },
  {
    name: 'message-uncertain',
    address: ({ uncertain }) => `/deliveries/${uncertain}?status=uncertain`,
    prepare: async (page, language) => {
      await page.getByRole('row').nth(1).click()
      await page.getByRole('dialog').getByText(words(language).deliveries.settling.one.resend).waitFor()
    },
  },
  {
    name: 'delivery-retry',
    address: ({ completed }) => `/deliveries/${completed}`,
    prepare: (page, language) => press(page, words(language).deliveries.action.retry.replace(/ \(.*/, '')),
  },
  { name: 'composer', address: () => '/deliveries/new', prepare: compose },
  {
    name: 'composer-question',
    address: () => '/deliveries/new',
    prepare: async (page, language) => {
      await compose(page, language)
      await page.getByRole('button', { name: words(language).deliveries.composer.submit.start }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'composer-templates',
    address: () => '/deliveries/new',
    prepare: async (page, language) => {
      const { templates } = words(language).deliveries.composer
      await compose(page, language)
      await page.getByRole('button', { name: templates.button }).click()
      await page.getByRole('textbox', { name: templates.keepAs }).waitFor()
    },
  },
  {
    name: 'composer-test',
    address: () => '/deliveries/new',
    prepare: async (page, language) => {
      const { test } = words(language).deliveries.composer
      await compose(page, language)
      await page.getByRole('button', { name: test.button }).click()
      await page.getByRole('textbox', { name: test.phone }).waitFor()
    },
  },
  {
    name: 'composer-kept',
    address: () => '/deliveries/new',
    prepare: async (page, language) => {
      await compose(page, language)
      const { composer } = words(language).deliveries
      await page.evaluate(() => window.location.assign('#/statistics'))
      await page.getByRole('textbox', { name: composer.name.label }).waitFor({ state: 'hidden' })
      await page.goBack()
      await page.getByText(composer.kept.title).waitFor()
    },
  },
  { name: 'clients', address: () => '/clients', prepare: rows },
  {
    name: 'client-drawer',
    address: () => '/clients',
    prepare: async (page) => {
      await page.getByRole('row').nth(4).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'import', address: () => '/clients/import', prepare: titled },
  { name: 'import-columns', address: () => '/clients/import', prepare: chooseFile },
  {
    name: 'import-report',
    address: () => '/clients/import',
    prepare: async (page, language) => {
      await chooseFile(page, language)
      await page.getByRole('button', { name: words(language).clients.importing.start, exact: true }).click()
      await page.getByRole('grid').waitFor()
    },
  },
  { name: 'do-not-contact', address: () => '/do-not-contact', prepare: rows },
  {
    name: 'do-not-contact-report',
    address: () => '/do-not-contact/add',
    prepare: async (page, language) => {
      const { form } = words(language).doNotContact
      await page.getByRole('textbox', { name: form.phones }).fill(exampleCsv().toString())
      await page.getByRole('button', { name: form.submit }).click()
      await page.getByRole('grid').waitFor()
    },
  },
  { name: 'settings', address: () => '/settings', prepare: titled },
  {
    name: 'settings-backups',
    address: () => '/settings',
    prepare: (page) => page.getByRole('table').scrollIntoViewIfNeeded(),
  },
  { name: 'dashboard-empty', address: () => '/', fresh: true, prepare: titled },
  { name: 'deliveries-empty', address: () => '/deliveries', fresh: true, prepare: titled },
  { name: 'clients-empty', address: () => '/clients', fresh: true, prepare: titled },
  { name: 'do-not-contact-empty', address: () => '/do-not-contact', fresh: true, prepare: titled },
  { name: 'statistics-empty', address: () => '/statistics', fresh: true, prepare: titled },
  { name: 'settings-sandbox', address: () => '/settings', fresh: true, prepare: titled },
]

function words(language: Language): Words {
  return wordsOf[language]
}

/** Presses the button with this label, and waits for its confirmation. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('dialog').waitFor()
}

async function titled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2 }).first().waitFor()
}

async function compose(page: Page, language: Language): Promise<void> {
  const { composer, sentence } = words(language).deliveries
  await page.getByRole('textbox', { name: composer.name.label }).fill(language === 'en' ? 'December offer' : 'Декабрь')
  await page.getByRole('button', { name: sentence.add.tags, exact: true }).click()
  await page.getByRole('combobox', { name: composer.audience.tags, exact: true }).click()
  await page.getByRole('option', { name: /^vip/ }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const text =
    language === 'en'
      ? 'Hello, {{ name }}! In {{ city }} a present waits for you.'
      : 'Здравствуйте, {{ name }}! Вас ждёт подарок: {{ city }}, Садовая, 12.'
  // The list of tags slides out of the way first.
  await page.getByRole('option').first().waitFor({ state: 'hidden' })
  await page.getByRole('textbox', { name: composer.text.label }).fill(text)
  await page
    .getByRole('complementary')
    .getByText(language === 'en' ? 'a present waits' : 'Садовая')
    .waitFor()
  await page.getByRole('heading', { level: 1 }).click()
}

async function chooseFile(page: Page, language: Language): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: words(language).clients.importing.choose.button }).click()
  await (await choosing).setFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: exampleCsv() })
  await page.getByRole('table').waitFor()
}
