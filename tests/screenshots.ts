/**
 * `npm run screenshots`: every screen in both languages, both themes and three sizes, as it looks with a busy morning's data;
 * `npm run screenshots -- dashboard composer` takes those alone. All of them go to `out/screenshots` to be looked at, the few that the documents show to `docs/screenshots`.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { type BrowserContext, chromium, expect } from '@playwright/test'
import config from '../playwright.config.ts'
import { openLoopbackGateway } from './support/loopback-gateway.ts'
import { type Language, type Scene, scenes } from './support/screenshot-scenes.ts'
import { fillStore, type ShownDeliveries } from './support/screenshot-store.ts'
import { startWebProgram, type WebProgram } from './support/web-program.ts'

const project = join(import.meta.dirname, '..')
const everything = join(project, 'out/screenshots')
const shownInDocuments = join(project, 'docs/screenshots')

/** The scenes in the documents, at the smaller size. */
const handful = [
  'dashboard-light-en',
  'delivery-light-en',
  'composer-light-en',
  'deliveries-dark-en',
  'statistics-light-ru',
]

const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const looks = (['en', 'ru'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
)

async function takeAll(): Promise<void> {
  const wanted = process.argv.slice(2)
  if (wanted.length === 0) await rm(everything, { recursive: true, force: true })
  for (const folder of [everything, shownInDocuments]) await mkdir(folder, { recursive: true })
  const gateway = await openLoopbackGateway()
  const [busy, fresh] = await Promise.all([startWebProgram(), startWebProgram()])
  const browser = await chromium.launch(config.use?.launchOptions ?? {})
  try {
    const context = await browser.newContext({ timezoneId: 'Europe/Moscow', reducedMotion: 'reduce' })
    for (const herald of [busy, fresh]) await signIn(context, herald)
    const shown = await fillStore(busy, gateway)
    for (const scene of scenes) {
      if (wanted.length > 0 && !wanted.includes(scene.name)) continue
      const herald = scene.fresh ? fresh : busy
      for (const { language, theme } of looks) {
        await herald.client.settings.update({ language, theme })
        for (const size of sizes) await take(context, herald, scene, { language, theme, size, shown })
      }
      process.stdout.write(`${scene.name}\n`)
    }
  } finally {
    await browser.close()
    await Promise.all([busy.remove(), fresh.remove(), gateway.goDown()])
  }
}

/** The link is needed once; afterwards the browser has its cookie. */
async function signIn(context: BrowserContext, herald: WebProgram): Promise<void> {
  const page = await context.newPage()
  await page.goto(herald.link)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.close()
}

interface Look {
  readonly language: Language
  readonly theme: 'light' | 'dark'
  readonly size: (typeof sizes)[number]
  readonly shown: ShownDeliveries
}

async function take(context: BrowserContext, herald: WebProgram, scene: Scene, look: Look): Promise<void> {
  const { language, theme, size, shown } = look
  const page = await context.newPage()
  // The draft of one picture must not appear in the next.
  await page.addInitScript(() => localStorage.removeItem('herald.composer'))
  await page.setViewportSize(size)
  await page.goto(new URL(`/#${scene.address(shown)}`, herald.link).href)
  await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await scene.prepare(page, language)
  await expect(page.locator('.mantine-Skeleton-root'), 'lines where something is still to come').toHaveCount(0)
  const name = `${scene.name}-${theme}-${language}`
  const picture = { animations: 'disabled', caret: 'hide' } as const
  await page.screenshot({ ...picture, path: join(everything, `${name}-${size.width}x${size.height}.png`) })
  if (size.width === 1280 && handful.includes(name))
    await page.screenshot({ ...picture, path: join(shownInDocuments, `${name}.png`) })
  await page.close()
}

await takeAll()
