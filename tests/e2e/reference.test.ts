import { expect, test } from '../support/e2e-story.ts'

test('the API reference can call the API, and loads nothing from the network', { tag: '@web' }, async ({
  page,
  herald,
}) => {
  const link = new URL(herald.link)
  const foreign: string[] = []
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== link.origin && protocol !== 'data:') foreign.push(request.url())
  })
  await page.goto(new URL(`/docs/${link.search}`, link).href)
  await expect(page).toHaveURL(new URL('/docs/', link).href)
  await expect(page.getByRole('heading', { name: 'Herald' })).toBeVisible()

  await page.getByRole('button', { name: 'POST /clients/ Create a client' }).click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.locator('.live-responses-table .response .response-col_status')).toContainText('201')
  expect(await herald.client.clients.page({})).toMatchObject({
    count: 1,
    results: [{ phone: '79001234567', name: 'Anna' }],
  })
  expect(foreign).toEqual([])
})
