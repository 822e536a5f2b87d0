import { join } from 'node:path'
import process from 'node:process'
import { expectCounts, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { after } from '../support/loopback-gateway.ts'
import { makeSmallDisk } from '../support/small-disk.ts'

test('a full disk is shown, and sending continues automatically when there is room', async ({
  page,
  startHerald,
  gateway,
  expectComplaint,
}) => {
  const disk = makeSmallDisk(32)
  if (typeof disk === 'string') {
    process.stdout.write(`NOT RUN on a full disk: ${disk}.\n`)
    // biome-ignore lint/suspicious/noSkippedTests: where nothing may be mounted, no disk can be filled
    test.skip(true, disk)
    return
  }
  // Much goes on: a program, a browser and a disk that fills up.
  test.slow()
  expectComplaint(/status of 503/, 'Chromium reports every answer of this kind, and here it is the right one')
  expectComplaint(/net::ERR_/, 'the program ends before the page does, so that its disk can go')
  gateway.answer(() => after(10))
  const herald = await startHerald({
    dataDir: join(disk.folder, 'data'),
    gateway: { url: gateway.url, token: 'a-token-of-the-gateway' },
  })
  try {
    await addClients(herald, 800)
    await openConsole(page, herald)
    const banner = page.getByRole('alert').filter({ hasText: 'Herald has been unable to save' })

    await test.step('the banner says what has happened, what to do, and that nothing is lost', async () => {
      await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
      await gateway.received(300)
      disk.fill()
      await expect(banner).toContainText(/^Herald has been unable to save since \d.+, so sending is on hold\./)
      await expect(banner).toContainText('The disk with the data folder is full. Free up space.')
      await expect(banner).toContainText('No confirmed message is lost. Herald retries every second')
      await openDelivery(page, 'Bills')
      await expect(banner).toBeVisible()
    })

    await test.step('a change meanwhile fails with advice, and the input is kept', async () => {
      await goTo(page, 'Clients')
      const form = page.getByRole('dialog', { name: 'New client' })
      await page.getByRole('button', { name: 'Add client' }).click()
      await form.getByRole('textbox', { name: 'Phone' }).fill('+7 999 123-45-67')
      await form.getByRole('button', { name: 'Add client' }).click()
      await expect(form.getByRole('alert')).toContainText('Can’t save right now')
      await expect(form.getByRole('alert')).toContainText('data folder is full. Free up space')
      disk.makeRoom()
      await form.getByRole('button', { name: 'Add client' }).click()
      await expect(form).toBeHidden()
    })

    await test.step('with room the banner goes, and every message has gone out once', async () => {
      await expect(banner).toBeHidden({ timeout: 30_000 })
      await openDelivery(page, 'Bills')
      await expectCounts(page, { Queued: 0, Sending: 0, Sent: 800, Failed: 0 })
      expect(gateway.requests).toHaveLength(800)
    })
  } finally {
    await herald.remove()
    disk.remove()
  }
})
