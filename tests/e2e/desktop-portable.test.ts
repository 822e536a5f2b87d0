import { openAddress, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'
import { asPortable } from '../support/single-file.ts'

test('a portable program offers no updates, and says why', { tag: '@desktop' }, async ({ page, startDesktop }) => {
  const herald = await startDesktop(asPortable('D:\\Herald.exe'))
  await openConsole(page, herald)
  await openAddress(page, herald, '/settings')

  const feed = page.getByRole('region', { name: 'Desktop app' }).getByRole('textbox', { name: 'Update server' })

  await expect(feed).toBeDisabled()
  await expect(feed).toHaveAccessibleDescription(/This is a portable version/)
})
