import type { Page } from '@playwright/test'
import { openAddress, openConsole } from '../support/e2e-console.ts'
import { beginTour, fillPlaces, leavePlace, openPlace, placeName, places } from '../support/e2e-places.ts'
import { expect, test } from '../support/e2e-story.ts'

test('every screen is usable at 200 % zoom', async ({ page, herald, gateway, expectComplaint }) => {
  await beginTour({ herald, gateway, expectComplaint })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // What a window of 1280 × 800 has room for at 200 %.
  await page.setViewportSize({ width: 640, height: 400 })
  for (const language of ['ru', 'en'] as const) {
    await herald.client.settings.update({ language })
    await openConsole(page, herald)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    for (const place of places)
      await test.step(`${placeName(place)} (${language})`, async () => {
        await openPlace(page, herald, place)
        expect.soft(await outOfReach(page), placeName(place)).toEqual([])
        await leavePlace(page, place)
      })
  }
})

/** Controls and headings that are cut off, and that no scrolling brings into view. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const told: string[] = []
    for (const element of document.querySelectorAll('button, a, label, input, textarea, h1, h2, [role="combobox"]')) {
      const { left, right, width } = element.getBoundingClientRect()
      if (width === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      // A box of one pixel is for screen readers alone.
      if (width <= 1) continue
      const name = `${element.tagName} ${element.textContent || element.getAttribute('aria-label')}`
      const isSpilt = element.tagName === 'BUTTON' && getComputedStyle(element).overflowX === 'visible'
      if (isSpilt && element.scrollWidth > element.clientWidth + 2) told.push(`${name} spills over its edge`)
      let edges = { left: 0, right: window.innerWidth }
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        const { overflowX } = getComputedStyle(parent)
        if (overflowX === 'visible') continue
        const box = parent.getBoundingClientRect()
        const scrolls = overflowX === 'auto' || overflowX === 'scroll'
        if (scrolls && parent.scrollWidth > parent.clientWidth + 1) {
          edges = { left: Number.NEGATIVE_INFINITY, right: Number.POSITIVE_INFINITY }
          break
        }
        edges = { left: Math.max(edges.left, box.left), right: Math.min(edges.right, box.right) }
      }
      if (left < edges.left - 2 || right > edges.right + 2)
        told.push(`${name} ${left}–${right} in ${edges.left}–${edges.right}`)
    }
    return told
  })
}

test('the Tab key reaches everything on every screen, with a visible focus', async ({
  page,
  herald,
  gateway,
  expectComplaint,
}) => {
  await beginTour({ herald, gateway, expectComplaint })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openConsole(page, herald)
  const seen = new Set<string>()
  for (const place of places)
    await test.step(placeName(place), async () => {
      await openPlace(page, herald, place)
      const walked = await walk(page, seen)
      expect.soft(walked.invisible, `${placeName(place)}: where the focus is not seen`).toEqual([])
      expect.soft(walked.steps, `${placeName(place)}: controls on the way`).toBeGreaterThan(0)
      expect.soft(walked.ended, `${placeName(place)}: the way has an end`).toBe(true)
      await leavePlace(page, place)
    })
  expect(seen.size).toBeGreaterThan(20)
})

/** More than any screen has. */
const mostSteps = 120

/** Presses Tab until the way begins anew. Of each kind of control, the first that comes is looked at with the focus and without. */
async function walk(page: Page, seen: Set<string>) {
  const invisible: string[] = []
  const way = new Set<string>()
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      // A frame that opened takes the focus first, and shows it by being there.
      const isFrame = element.getAttribute('role') === 'dialog'
      const counted = window as unknown as { steps?: WeakMap<Element, number>; next?: number }
      counted.steps ??= new WeakMap()
      counted.next ??= 0
      const number = counted.steps.get(element) ?? counted.next++
      counted.steps.set(element, number)
      // A box that is drawn beside the input itself is part of it.
      const drawn = element instanceof HTMLInputElement ? (element.parentElement ?? element) : element
      const { x, y, width, height } = drawn.getBoundingClientRect()
      const kind = isFrame
        ? 'frame'
        : `${element.tagName} ${element.getAttribute('type')} ${element.className} in ${drawn.className}`
      return { number, kind, words: element.outerHTML.slice(0, 160), x, y, width, height }
    })
    // The way may begin where the last screen's ended.
    if (at === null && step === 0) continue
    if (at === null || way.has(String(at.number))) return { invisible, steps: way.size, ended: true }
    way.add(String(at.number))
    if (at.kind === 'frame' || seen.has(at.kind)) continue
    seen.add(at.kind)
    const around = 6
    const clip = {
      x: Math.max(0, at.x - around),
      y: Math.max(0, at.y - around),
      width: at.width + 2 * around,
      height: at.height + 2 * around,
    }
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    if (at.x >= width || at.y >= height || at.x + at.width <= 0 || at.y + at.height <= 0) {
      invisible.push(`outside the window: ${at.words}`)
      continue
    }
    const focused = await page.screenshot({ clip })
    await page.evaluate(() => {
      const element = document.activeElement
      Object.assign(window, { left: element })
      if (element instanceof HTMLElement) element.blur()
    })
    const left = await page.screenshot({ clip })
    await page.evaluate(() => (window as unknown as { left: HTMLElement }).left.focus())
    if (focused.equals(left)) invisible.push(at.words)
  }
  return { invisible, steps: way.size, ended: false }
}

test('when the engine is unreachable, every screen shows it and stays usable', async ({
  page,
  herald,
  gateway,
  expectComplaint,
}) => {
  test.slow()
  expectComplaint(/net::ERR_/, 'the engine is out of reach in this story')
  await fillPlaces(herald, gateway)
  await openConsole(page, herald)
  await page.route('**/rpc/**', (route) => route.abort())
  await page.reload()
  /** Those that need nothing from the engine until something is done there. */
  const quiet = ['/clients/import', '/do-not-contact/add', '/nowhere', '/deliveries/new', '/segments/new']
  for (const place of places.filter(({ prepare }) => prepare === undefined))
    await test.step(placeName(place), async () => {
      await openAddress(page, herald, placeName(place))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText('Connection lost')).toBeVisible()
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
      const problem = page.getByRole('main').getByRole('alert').first()
      if (quiet.includes(placeName(place)))
        await expect(
          page.getByRole('main').getByRole('button').or(page.getByRole('main').getByRole('link')).first(),
        ).toBeVisible()
      else {
        await expect(problem).toContainText('Herald isn’t responding')
        await expect(problem.getByRole('button', { name: 'Try again' })).toBeVisible()
      }
    })

  await test.step('on reconnect, the screen fills automatically', async () => {
    await openAddress(page, herald, '/clients')
    await expect(page.getByRole('alert').first()).toBeVisible()
    await page.unroute('**/rpc/**')
    await expect(page.getByRole('row', { name: /Person/ }).first()).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('Connection lost')).toBeHidden()
  })
})
