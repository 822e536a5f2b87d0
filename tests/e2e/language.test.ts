import type { Page } from '@playwright/test'
import { choose, goTo, openAddress, openConsole, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import type { WebProgram } from '../support/web-program.ts'

/** Each screen, where it stands, and words that it greets with in Russian. */
const russianScreens = [
  { address: '/', heading: 'Обзор', words: ['Идут сейчас', 'Требует внимания', 'Последние 7 дней', 'Сегодня'] },
  { address: '/deliveries', heading: 'Рассылки', words: ['Новая рассылка', 'Завершена', '1 рассылка'] },
  { address: '/deliveries/1', heading: 'Привет', words: ['Завершена', 'Сообщения', 'О рассылке', 'Ошибки отправки'] },
  { address: '/deliveries/new', heading: 'Новая рассылка', words: ['Получатели', 'Запустить…', 'Сохранить черновик'] },
  { address: '/clients', heading: 'Клиенты', words: ['Добавить клиента', 'Импорт', 'Часовой пояс'] },
  { address: '/clients/import', heading: 'Импорт клиентов', words: ['Выбрать файл'] },
  { address: '/statistics', heading: 'Статистика', words: ['Сообщения по статусам', 'Отправлено', 'Всего'] },
  { address: '/settings', heading: 'Настройки', words: ['Шлюз', 'Проверить связь', 'О программе', 'Язык'] },
] as const

async function expectRussianEverywhere(page: Page, herald: WebProgram): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  for (const { address, heading, words } of russianScreens) {
    await openAddress(page, herald, address)
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
    await expect(page).toHaveTitle(`${heading} · Herald`)
    for (const word of words)
      await expect(page.getByRole('main').getByText(word, { exact: true }).first()).toBeVisible()
  }
}

test('a user switches to Russian, and the console stays Russian', async ({ page, herald }) => {
  await addClients(herald, 1)
  await herald.client.deliveries.create({ name: 'Привет', text: 'Привет, {{ name }}!' })
  await openConsole(page, herald)
  await goTo(page, 'Deliveries')
  await expect(page.getByRole('grid', { name: 'Deliveries' }).getByText('Completed')).toBeVisible()

  await test.step('the words change at once, on every screen', async () => {
    await goTo(page, 'Settings')
    await choose(page, 'Language', 'Русский')
    await expect(page.getByRole('heading', { level: 1, name: 'Настройки' })).toBeVisible()
    await expectRussianEverywhere(page, herald)
  })

  await test.step('the calendar speaks it too', async () => {
    await openAddress(page, herald, '/statistics?view=period')
    await page.getByRole('button', { name: /^Период/ }).click()
    // The period is the last 30 days, and the calendar opens at its first day.
    const firstDay = new Date()
    firstDay.setDate(firstDay.getDate() - 29)
    const month = new Intl.DateTimeFormat('ru', { month: 'long' }).format(firstDay)
    await expect(page.getByRole('dialog').getByText(new RegExp(`^${month} \\d{4}$`))).toBeVisible()
    await expect(page.getByRole('dialog').getByText('чт', { exact: true })).toBeVisible()
    const day = new Intl.DateTimeFormat('ru', { dateStyle: 'long' }).format(firstDay)
    await expect(page.getByRole('dialog').getByRole('button', { name: day, exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  const shown = await test.step('they survive a reload, and a restart of the program', async () => {
    await page.reload()
    await expectRussianEverywhere(page, herald)
    await page.goto('about:blank')
    await herald.stop()
    await herald.startAgain()
    const shown = await reopenConsole(page, herald)
    await expect(shown.getByRole('link', { name: 'Рассылки' })).toBeVisible()
    return shown
  })

  await test.step('the way back is as short', async () => {
    await shown.getByRole('link', { name: 'Настройки' }).click()
    await choose(shown, 'Язык', 'English')
    await expect(shown.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(shown.locator('html')).toHaveAttribute('lang', 'en')
  })
})

test.describe('on a system in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('the console is in Russian, with Russian plural forms', { tag: '@not-electron' }, async ({ page, herald }) => {
    await openConsole(page, herald)
    await expect(page.getByRole('heading', { level: 1, name: 'Обзор' })).toBeVisible()
    await page.getByRole('link', { name: 'Клиенты' }).click()
    for (const [clients, words] of [
      [1, '1 клиент'],
      [2, '2 клиента'],
      [5, '5 клиентов'],
      [21, '21 клиент'],
    ] as const) {
      await addClients(herald, clients)
      await expect(page.getByText(words, { exact: true })).toBeVisible()
    }
    await openAddress(page, herald, '/deliveries/new')
    await expect(page.getByText(/Все клиенты: 21 /)).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  })

  test('errors of the engine are shown in Russian beside the field', { tag: '@not-electron' }, async ({
    page,
    herald,
    expectComplaint,
  }) => {
    expectComplaint(/status of 4(00|09)/, 'the engine refuses a name that is too long, and a number that is taken')
    await herald.client.clients.create({ phone: '79001234567' })
    await openConsole(page, herald)
    await openAddress(page, herald, '/clients')
    await page.getByRole('button', { name: 'Добавить клиента' }).click()
    const form = page.getByRole('dialog')
    const field = (name: string) => form.getByRole('textbox', { name })
    const add = form.getByRole('button', { name: 'Добавить клиента' })

    await field('Телефон').fill('+7 900 765-43-21')
    await field('Имя').fill('я'.repeat(201))
    await add.click()
    await expect(field('Имя')).toHaveAccessibleDescription('Максимум символов: 200')

    await field('Имя').fill('Анна')
    await field('Телефон').fill('+7 900 123-45-67')
    await add.click()
    await expect(field('Телефон')).toHaveAccessibleDescription(/Этот номер уже есть у другого клиента/)
  })
})

test('the theme follows the system or the user’s choice', async ({ page, herald }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const look = page.locator('html')
  await page.emulateMedia({ colorScheme: 'light' })
  await openConsole(page, herald)
  await expect(look).toHaveAttribute('data-mantine-color-scheme', 'light')
  const light = await paper()

  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(look).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(paper).not.toBe(light)

  await goTo(page, 'Settings')
  await choose(page, 'Theme', 'Light')
  await expect(look).toHaveAttribute('data-mantine-color-scheme', 'light')
  await choose(page, 'Theme', 'Dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(look).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(look).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(paper).not.toBe(light)
})
