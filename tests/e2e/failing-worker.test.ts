import type { Channel } from '../../shared/contract/gateway.ts'
import { goTo, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

/** What the engine answers once its sending worker has died three times (tests/integration/worker-deaths.test.ts). */
const failing: Channel = {
  status: 'failing',
  reason: null,
  since: new Date(Date.now() - 60_000).toISOString(),
  nextProbeAt: new Date(Date.now() + 600_000).toISOString(),
}

test('every screen shows that the sending worker keeps crashing, and what that means', {
  tag: '@web',
}, async ({ page, herald }) => {
  await page.route('**/rpc/gateway/channel', (route) => route.fulfill({ json: { json: failing } }))
  await openConsole(page, herald)
  const banner = page.getByRole('alert').filter({ hasText: 'Sending has been crashing' })
  await expect(banner).toContainText('This is a fault in Herald')
  await expect(banner).toContainText('Nothing is lost, but messages are delayed.')
  await expect(banner).toContainText(/Restarting automatically at \S/)
  await goTo(page, 'Settings')
  await expect(banner).toBeVisible()
})
