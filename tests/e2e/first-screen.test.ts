import { gzipSync } from 'node:zlib'
import { openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'

const mostBytes = 350_000

test('the first screen loads little code; charts, the composer and the palette load on demand', {
  tag: '@web',
}, async ({ page, herald }) => {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
  })
  await openConsole(page, herald)
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)

  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  process.stdout.write(`the first screen: ${scripts.size} scripts, ${bytes} bytes gzipped\n`)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(mostBytes)

  const before = scripts.size
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(scripts.size).toBeGreaterThan(before)
})
