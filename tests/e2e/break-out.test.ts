import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { goTo, openConsole } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'
import type { WebProgram } from '../support/web-program.ts'

const elsewhere = 'https://elsewhere.example/'

/** What the program has refused since its start, in its own words. */
async function refused(herald: WebProgram): Promise<readonly string[]> {
  const log = await readFile(join(herald.dataDir, 'logs/main.log'), 'utf8')
  return [...log.matchAll(/ warn (.* refused: .*)$/gm)].map(([, words = '']) => words)
}

async function expectConsole(page: Page, herald: WebProgram): Promise<void> {
  expect(page.url()).toContain(herald.link)
  await goTo(page, 'Clients')
  await goTo(page, 'Statistics')
}

test('an injected script can load nothing from the network or outside the console’s files', {
  tag: '@desktop',
}, async ({ page, herald, expectComplaint }) => {
  expectComplaint(/Content Security Policy|Refused to/, 'the content policy stops what is tried here')
  expectComplaint(/status of 40[34]/, 'Chromium reports every answer of this kind')
  await openConsole(page, herald)

  await test.step('the content policy came with the page, and stops it', async () => {
    const wanted = ['connect-src', 'frame-src', 'img-src', 'script-src', 'worker-src']
    const stopped = await page.evaluate(
      async ({ elsewhere, wanted }) => {
        // What is evaluated from outside may do what the policy forbids, until its first wait.
        await new Promise((resolve) => setTimeout(resolve))
        const seen = new Set<string>()
        const enough = new Promise<void>((resolve) => {
          window.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            seen.add(effectiveDirective)
            if (wanted.every((rule) => seen.has(rule))) resolve()
          })
          setTimeout(resolve, 10_000)
        })
        const attempts = [
          () => fetch(elsewhere),
          () => fetch('file:///etc/passwd'),
          () => document.body.append(Object.assign(document.createElement('iframe'), { src: elsewhere })),
          () => document.body.append(Object.assign(document.createElement('img'), { src: elsewhere })),
          () => new Function('return 1')(),
          () => new Worker(URL.createObjectURL(new Blob(['']))),
        ]
        for (const attempt of attempts)
          try {
            await attempt()
          } catch {
            // the event tells of it
          }
        await enough
        return [...seen].sort()
      },
      { elsewhere, wanted },
    )
    expect(stopped).toEqual(wanted)
  })

  await test.step('no way leads out of the folder with the console', async () => {
    const ways = ['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', 'assets/..%5c..%5c..%5cpackage.json']
    for (const way of ways) {
      const { status, body } = await page.evaluate(async (path) => {
        const answer = await fetch(path)
        return { status: answer.status, body: await answer.text() }
      }, `/${way}`)
      expect([403, 404]).toContain(status)
      expect(body).toBe('')
    }
    await expect
      .poll(() => refused(herald))
      .toEqual(
        expect.arrayContaining(
          ways.map((way) => expect.stringContaining(`GET herald://console${new URL(way, elsewhere).pathname}`)),
        ),
      )
  })

  await expectConsole(page, herald)
})

// What a page of the stand-in does is Chromium's own matter: only Electron asks the main process about it.
test('a compromised page cannot leave the console, and its attempts are logged', {
  tag: ['@desktop', '@electron'],
}, async ({ page, herald, expectComplaint }) => {
  expectComplaint(/./, 'what is tried here is refused')
  await openConsole(page, herald)
  const expectRefusal = (words: RegExp) =>
    expect.poll(() => refused(herald)).toContainEqual(expect.stringMatching(words))

  await test.step('by a window, and there is none', async () => {
    expect(await page.evaluate((address) => window.open(address) === null, elsewhere)).toBe(true)
    await expectRefusal(/^window refused: https:\/\/elsewhere\.example\/$/)
    expect(page.context().pages()).toHaveLength(1)
  })

  await test.step('by an address, and it stays where it is', async () => {
    for (const address of ['file:///etc/passwd', elsewhere])
      await page.evaluate((address) => {
        location.href = address
      }, address)
    // Chromium keeps a page from files before Electron hears of it.
    await expectRefusal(/^navigation refused: https:\/\/elsewhere\.example\/$/)
    await expectConsole(page, herald)
  })

  await test.step('by asking for what the system has', async () => {
    const answers = await page.evaluate(async () => {
      const place = new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : `error ${code}`),
        )
      })
      const { state } = await navigator.permissions.query({ name: 'geolocation' })
      return [state, await place, await Notification.requestPermission()]
    })
    expect(answers).toEqual(['denied', 'denied', 'denied'])
    await expectRefusal(/^permission refused: geolocation$/)
  })

  await test.step('by a request, even where no content policy stops it', async () => {
    const tools = await page.context().newCDPSession(page)
    await tools.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
    const got = await page.evaluate(
      async (addresses) => (await Promise.allSettled(addresses.map((each) => fetch(each)))).map(({ status }) => status),
      [`${elsewhere}loot?of=the-page`, 'file:///etc/passwd'],
    )
    expect(got).toEqual(['rejected', 'rejected'])
    await expectRefusal(/^request refused: https:\/\/elsewhere\.example\/loot$/)
  })

  await expectConsole(page, herald)
})
