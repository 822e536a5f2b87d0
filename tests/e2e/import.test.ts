import type { Page } from '@playwright/test'
import { goTo, openAddress, openConsole } from '../support/e2e-console.ts'
import { addClients, phoneOf } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { workbookOf } from '../support/workbook.ts'

/** As a spreadsheet in Russia saves it: Windows-1251 and semicolons. */
function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0
      return code < 0x80 ? code : code - 0x410 + 0xc0
    }),
  )
}

async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer })
}

function figure(page: Page, name: string) {
  return page.getByText(name, { exact: true }).locator('..')
}

test('a spreadsheet is recognised, checked before the import, and its rejected rows are returned as a file', async ({
  page,
  herald,
  save,
}) => {
  await addClients(herald, 3)
  await openConsole(page, herald)
  await openAddress(page, herald, '/clients/import')
  const sample = page.getByRole('table', { name: 'First rows of the file' })
  const meaningOf = (column: string) => page.getByRole('combobox', { name: `Map column “${column}”` })
  const list = windows1251(
    ['Телефон;Кто;Метки', `${phoneOf(0)};Анна;постоянный`, '12345;Борис;', `${phoneOf(7)};Вера;новый`].join('\n'),
  )

  await test.step('how the file is written down was found out, is said, and can be said otherwise', async () => {
    await chooseFile(page, 'список.csv', list)
    await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('Windows-1251 (detected)')
    await expect(page.getByRole('combobox', { name: 'Separator' })).toHaveValue('Semicolon ; (detected)')
    await expect(sample.getByRole('row').nth(1)).toContainText('Анна')
    await page.getByRole('combobox', { name: 'Encoding' }).click()
    await page.getByRole('option', { name: 'DOS (866)' }).click()
    await expect(sample).not.toContainText('Анна')
    await page.getByRole('combobox', { name: 'Encoding' }).click()
    await page.getByRole('option', { name: 'Windows-1251 (detected)' }).click()
    await expect(sample.getByRole('row').nth(1)).toContainText('Анна')
  })

  await test.step('a check tells everything and writes nothing', async () => {
    await expect(meaningOf('Кто')).toHaveValue('Custom field')
    await meaningOf('Кто').click()
    await page.getByRole('option', { name: 'Name' }).click()
    await meaningOf('Метки').click()
    await page.getByRole('option', { name: 'Tags (separated by ;)' }).click()
    await page.getByRole('radio', { name: 'Only add tags' }).check()
    await page.getByRole('button', { name: 'Preview import' }).click()
    await expect(page.getByText('This was a preview: nothing was saved.')).toBeVisible()
    for (const [name, count] of Object.entries({ Created: 1, Updated: 1, Skipped: 0, Rejected: 1, Repeated: 0 }))
      await expect(figure(page, name)).toHaveText(`${name}${count}`)
    await expect.poll(async () => (await herald.client.clients.page({ limit: 1 })).count).toBe(3)
  })

  await test.step('the refused lines are saved as a file', async () => {
    const { bytes } = await save(() => page.getByRole('button', { name: 'Download rejected rows' }).click())
    const saved = bytes.toString()
    expect(saved).toContain('12345')
    expect(saved.trim().split('\n')).toHaveLength(2)
  })

  await test.step('the import does what the check predicted', async () => {
    await page.getByRole('button', { name: 'Import now' }).click()
    await expect(page.getByText('This was a preview')).toBeHidden()
    await expect(figure(page, 'Created')).toHaveText('Created1')
    const { results } = await herald.client.clients.page({ limit: 10 })
    expect(results.map(({ name, tags }) => ({ name, tags }))).toEqual(
      expect.arrayContaining([
        { name: 'Client 0', tags: ['all', 'постоянный'] },
        { name: 'Вера', tags: ['новый'] },
      ]),
    )
    expect(results).toHaveLength(4)
  })

  await test.step('the next file with this header is read the same way; a workbook has its sheet chosen', async () => {
    await page.getByRole('button', { name: 'Choose another file' }).click()
    await chooseFile(
      page,
      'people.xlsx',
      await workbookOf({
        Empty: [['Nothing here']],
        People: [
          ['Телефон', 'Кто', 'Метки'],
          [Number(phoneOf(8)), 'Глеб', 'новый'],
        ],
      }),
    )
    await expect(page.getByText('Nothing to import')).toBeVisible()
    await page.getByRole('combobox', { name: 'Sheet' }).click()
    await page.getByRole('option', { name: 'People' }).click()
    await expect(page.getByText('Using your mapping from last time.')).toBeVisible()
    await expect(meaningOf('Кто')).toHaveValue('Name')
    await expect(sample.getByRole('row').nth(1)).toContainText(phoneOf(8))
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByText('All rows imported')).toBeVisible()
    await goTo(page, 'Activity')
    await expect(page.getByRole('region', { name: 'Activity' }).getByText('Imported').first()).toBeVisible()
  })
})

test('an import that is stopped leaves nothing behind', async ({ page, herald }) => {
  await addClients(herald, 100)
  await openConsole(page, herald)
  await openAddress(page, herald, '/clients/import')
  const lines = Array.from({ length: 150_000 }, (_, n) => `${phoneOf(n)},Somebody ${n},new`)
  await chooseFile(page, 'everybody.csv', Buffer.from(`phone,name,tags\n${lines.join('\n')}\n`))
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect.poll(async () => (await herald.client.clients.page({ limit: 1 })).count).toBeGreaterThan(100)

  await page.getByRole('button', { name: 'Stop import' }).click()

  await expect(page.getByText('No changes were made.')).toBeVisible({
    timeout: 60_000,
  })
  const { count, results } = await herald.client.clients.page({ limit: 100 })
  expect(count).toBe(100)
  expect(results.filter(({ name, tags }) => !/^Client \d+$/.test(name) || tags.join() !== 'all')).toEqual([])
})
