import type { Desktop } from '../support/desktop-control.ts'
import { expectCounts, expectStatus, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { beginSale } from '../support/e2e-sale.ts'
import { expect, test } from '../support/e2e-story.ts'
import { after } from '../support/loopback-gateway.ts'

const isVisible = async (desktop: Desktop) => (await desktop.windows()).map((window) => window.isVisible)

test('on the first start the menu and the tray lead to every screen', { tag: '@desktop' }, async ({
  page,
  herald,
  desktop,
}) => {
  await openConsole(page, herald)
  await expect(page.getByRole('heading', { name: 'Add clients first' })).toBeVisible()
  await expect.poll(() => isVisible(desktop)).toEqual([true])

  await test.step('nothing of Node is to be had in the page', async () => {
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  })

  await test.step('the menu leads to screens', async () => {
    await desktop.choose('application', 'Statistics')
    await expect(page.getByRole('heading', { level: 1, name: 'Statistics' })).toBeVisible()
    await desktop.choose('application', 'Import clients…')
    await expect(page).toHaveURL(/#\/clients\/import$/)
  })

  await test.step('the tray says what is going on, in the language of the console', async () => {
    await addClients(herald, 3)
    await herald.client.deliveries.create({ name: 'Hello', text: 'Hello' })
    await expect.poll(() => desktop.trayTip()).toBe('Herald · Nothing is being sent')
    await herald.client.settings.update({ language: 'ru' })
    await expect.poll(() => desktop.trayTip()).toBe('Herald · Ничего не отправляется')
    await desktop.choose('tray', 'Новая рассылка')
    await expect(page).toHaveURL(/#\/deliveries\/new$/)
  })
})

test('a user closes the window while sending, and reopens it from the tray', { tag: '@desktop' }, async ({
  page,
  herald,
  gateway,
  desktop,
}) => {
  // biome-ignore lint/suspicious/noSkippedTests: there is nothing to ask
  test.skip(process.platform === 'darwin', 'on macOS a window closes without a question, and the program lives on')
  const held = await beginSale(herald, gateway, 30)
  await openConsole(page, herald)
  await openDelivery(page, 'Sale')
  await expect.poll(() => desktop.trayTip()).toMatch(/1 delivery is running/)

  await test.step('the user is asked, and can cancel', async () => {
    await desktop.closeWindow()
    expect((await desktop.question()).detail).toContain('1 delivery is running.')
    await desktop.answer('Cancel')
    expect(await isVisible(desktop)).toEqual([true])
  })

  await test.step('sending continues in the tray', async () => {
    await desktop.closeWindow()
    await desktop.answer('Keep sending in the tray', { checked: true })
    await expect.poll(() => isVisible(desktop)).toEqual([false])
    gateway.answer(() => after(5))
    held.release()
    await gateway.received(30)
  })

  await test.step('the progress is shown when the window is reopened', async () => {
    await desktop.choose('tray', 'Open Herald')
    await expect.poll(() => isVisible(desktop)).toEqual([true])
    await expectCounts(page, { Sent: 30, Queued: 0 })
    await expectStatus(page, 'Completed')
  })

  await test.step('the user is not asked again', async () => {
    await expect.poll(async () => (await herald.client.settings.get()).whenClosed).toBe('tray')
    await desktop.closeWindow()
    await expect.poll(() => isVisible(desktop)).toEqual([false])
  })
})

test('a second start brings the first one forward and ends', { tag: '@desktop' }, async ({ page, herald, desktop }) => {
  // biome-ignore lint/suspicious/noSkippedTests: there is no second start
  test.skip(process.platform === 'darwin', 'macOS starts a program once by itself')
  await openConsole(page, herald)
  await herald.client.settings.update({ whenClosed: 'tray', language: 'ru' })
  await expect.poll(() => desktop.trayTip()).toMatch('Ничего не отправляется')
  await desktop.closeWindow()
  await expect.poll(() => isVisible(desktop)).toEqual([false])

  expect(await desktop.startSecond()).toBe(0)

  await expect.poll(() => isVisible(desktop)).toEqual([true])
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a user quits while sending, cancels, and quits again', { tag: '@desktop' }, async ({
  page,
  herald,
  gateway,
  desktop,
}) => {
  const held = await beginSale(herald, gateway, 30)
  await openConsole(page, herald)
  await expect.poll(() => desktop.trayTip()).toMatch(/1 delivery is running/)

  await test.step('the tray keeps it', async () => {
    await desktop.quit()
    expect((await desktop.question()).message).toBe('Quit while messages are being sent?')
    await desktop.answer('Keep sending in the tray')
    await expect.poll(() => isVisible(desktop)).toEqual([false])
    expect(gateway.requests).toHaveLength(5)
  })

  await test.step('or it ends, once what is under way has its answer', async () => {
    await desktop.quit()
    await desktop.answer('Quit and continue at next launch')
    held.release()
    expect(await desktop.ended()).toBe(0)
    expect(gateway.requests.length).toBeLessThan(30)
  })
})

test('a delivery whose start the machine slept through is sent after waking up', { tag: '@desktop' }, async ({
  page,
  herald,
  gateway,
  desktop,
}) => {
  await addClients(herald, 10)
  await openConsole(page, herald)
  const startsAt = Date.now() + 3000
  await herald.client.deliveries.create({
    name: 'Good morning',
    text: 'Good morning',
    startsAt: new Date(startsAt).toISOString(),
  })

  await desktop.sleep(5000)

  await gateway.received(10)
  expect(gateway.requests[0]?.at).toBeGreaterThanOrEqual(startsAt)
  await openDelivery(page, 'Good morning')
  await expectCounts(page, { Sent: 10 })
  await expectStatus(page, 'Completed')
  expect(gateway.requests).toHaveLength(10)
})

test('a delivery that completes out of sight is notified, and a click opens it', { tag: '@desktop' }, async ({
  page,
  herald,
  gateway,
  desktop,
}) => {
  await addClients(herald, 100)
  gateway.answer(({ id, turn }) =>
    id === 1 && turn === 1 ? { status: 400, body: '{"message":"no such number"}' } : after(0),
  )
  await openConsole(page, herald)
  await goTo(page, 'Statistics')
  await desktop.lookAway()
  await herald.client.deliveries.create({ name: 'News', text: 'There is news' })

  await expect
    .poll(() => desktop.notices())
    .toEqual([{ title: '“News” finished with failures', body: expect.stringContaining('99 messages sent') }])
  expect(await isVisible(desktop)).toEqual([false])
  await desktop.clickNotice('“News” finished with failures')

  await expect.poll(() => isVisible(desktop)).toEqual([true])
  await expect(page.getByRole('heading', { level: 1, name: 'News' })).toBeVisible()
  await expectCounts(page, { Sent: 99, Failed: 1 })

  await test.step('an outage too', async () => {
    await desktop.lookAway()
    await gateway.goDown()
    await herald.client.deliveries.create({ name: 'More', text: 'More news' })
    await expect.poll(async () => (await desktop.notices()).at(-1)?.title).toBe('Gateway unreachable')
    await expect.poll(() => desktop.trayTip()).toBe('Herald · Gateway unreachable')
    expect(await isVisible(desktop)).toEqual([false])
    await desktop.clickNotice('Gateway unreachable')
    await expect.poll(() => isVisible(desktop)).toEqual([true])
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
  })
})
