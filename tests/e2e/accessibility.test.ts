import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { openConsole } from '../support/e2e-console.ts'
import { beginTour, leavePlace, openPlace, placeName, places } from '../support/e2e-places.ts'
import { expect, test } from '../support/e2e-story.ts'

test('every route of the console is checked', () => {
  const routes = readFileSync(join(import.meta.dirname, '../../renderer/routes.tsx'), 'utf8')
  const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => path)
  expect(paths.length).toBeGreaterThan(5)
  expect([...new Set(places.map(({ route }) => route))].sort()).toEqual(['', ...paths].sort())
})

test('axe finds no violations on any screen in either theme', async ({ page, herald, gateway, expectComplaint }) => {
  await beginTour({ herald, gateway, expectComplaint })
  await herald.client.settings.update({ theme: 'light', language: 'en' })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openConsole(page, herald)

  for (const place of places)
    await test.step(placeName(place), async () => {
      // A pointer that rests where the last place was left may open a tooltip, which is outside all landmarks.
      await page.mouse.move(0, 0)
      await openPlace(page, herald, place)
      for (const theme of ['light', 'dark'] as const) {
        await page.evaluate(showTheme, theme)
        // Nothing but colours differs between the themes.
        // There are no frames here, for which it would put its findings together in a page of its own each time.
        const axe = new AxeBuilder({ page }).setLegacyMode()
        const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze()
        const told = violations.map(
          ({ id, help, nodes }) => `${id}: ${help}, at ${nodes.map(({ html }) => html).join(' ')}`,
        )
        expect.soft(told, `${placeName(place)} (${theme})`).toEqual([])
      }
      await leavePlace(page, place)
    })
})

/** Runs in the page. Colours change gradually; returns when they have their final values. */
async function showTheme(theme: string): Promise<void> {
  document.documentElement.setAttribute('data-mantine-color-scheme', theme)
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
  await Promise.allSettled(transitions.map(({ finished }) => finished))
}
