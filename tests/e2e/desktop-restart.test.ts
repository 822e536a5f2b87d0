import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expectCounts, goTo, openAddress, openConsole, openDelivery, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { beginSale } from '../support/e2e-sale.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a delivery continues after quitting and restarting, and nobody gets it twice', { tag: '@desktop' }, async ({
  page,
  herald,
  gateway,
  desktop,
}) => {
  const held = await beginSale(herald, gateway, 60)
  await expect.poll(() => desktop.trayTip()).toMatch(/1 delivery is running/)
  await desktop.quit()
  await desktop.answer('Quit and continue at next launch')
  held.release()
  expect(await desktop.ended()).toBe(0)
  expect(gateway.requests.length).toBeLessThan(60)

  await herald.startAgain()

  const shown = await reopenConsole(page, herald)
  await openDelivery(shown, 'Sale')
  await expectCounts(shown, { Sent: 60 })
  expect([...gateway.timesSeen.values()]).toEqual(Array.from({ length: 60 }, () => 1))
})

test('a window that crashes is reloaded with an explanation, and sending continues', {
  tag: ['@desktop', '@not-electron'],
}, async ({ page, herald, gateway, desktop, expectComplaint }) => {
  expectComplaint(/./, 'the page breaks down on purpose')
  const held = await beginSale(herald, gateway, 20)
  await openConsole(page, herald)

  await desktop.crashPage()

  const question = await desktop.question()
  expect(question.message).toBe('The window crashed and was reloaded')
  expect(question.detail).toContain('Sending was not interrupted.')
  held.release()
  await gateway.received(20)
  await desktop.answer('OK')
  const reloaded = await desktop.page()
  await openDelivery(reloaded, 'Sale')
  await expectCounts(reloaded, { Sent: 20 })
})

test('the gateway’s token survives a restart, and is in no file of the program', {
  tag: ['@desktop', '@not-electron'],
}, async ({ page, startDesktop, gateway }) => {
  const token = 'a-token-that-nobody-reads'
  const herald = await startDesktop()
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')
  await page.getByText('HTTP service', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill(gateway.url)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(async () => (await herald.client.gateway.get()).hasToken).toBe(true)
  await herald.stop()

  const files = await readdir(herald.dataDir, { recursive: true, withFileTypes: true })
  const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  expect(written.map((file) => basename(file))).toContain('herald.db')
  for (const file of written) expect((await readFile(file)).includes(token), file).toBe(false)

  await herald.startAgain()
  await addClients(herald, 1)
  await herald.client.deliveries.create({ text: 'Hello' })
  await gateway.received(1)
  expect(gateway.requests[0]?.authorization).toBe(`Bearer ${token}`)
})

test('a damaged store is replaced by the newest backup', { tag: '@desktop' }, async ({ page, herald, desktop }) => {
  await addClients(herald, 7)
  await herald.client.backups.make()
  await openConsole(page, herald)
  await herald.kill()
  const store = join(herald.dataDir, 'herald.db')
  const damaged = 'This was a store once. '.repeat(2000)
  await writeFile(store, damaged)

  await herald.startAgain()

  const { message, detail, buttons = [] } = await desktop.question()
  expect(message).toBe('The database is damaged')
  expect(detail).toContain('kept in the data folder, not deleted')
  await desktop.answer(buttons[0] ?? '')
  await expect.poll(async () => (await herald.client.clients.count({}).catch(() => null))?.count).toBe(7)
  const shown = await desktop.page()
  await goTo(shown, 'Clients')
  await expect(shown.getByText('7 clients')).toBeVisible()
  const kept = await readdir(herald.dataDir, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    kept.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
  )
  expect(contents).toContain(damaged)
})
