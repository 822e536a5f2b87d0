import { existsSync } from 'node:fs'
import { chromium, defineConfig, devices } from '@playwright/test'
import { filesOnElectron, filesOnStandIn, tags } from './tests/support/e2e-hosts.ts'
import type { HostName } from './tests/support/e2e-story.ts'
import { electronHere } from './tests/support/electron-here.ts'

/** Returns the browser to test with: the named one, Playwright's own download (undefined), or the system's. */
function findChromium(): string | undefined {
  const named = process.env.HERALD_CHROMIUM
  if (named) return named
  // The system's version differs from the one that Playwright was made for.
  if (existsSync(chromium.executablePath())) return undefined
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
}

const executablePath = findChromium()

/** The browser may connect to nothing but the program under test. */
const offline = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/** Chromium's sandbox refuses to work for root, as in most containers. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const files = (names: readonly string[]) => names.map((name) => `**/${name}.test.ts`)

/** The real Electron runs its stories if it is installed. */
const real =
  'missing' in electronHere()
    ? []
    : [
        {
          name: 'electron',
          use: { host: 'electron' } as const,
          testMatch: files(filesOnElectron),
          grepInvert: [tags.web, tags.notElectron],
        },
      ]

export default defineConfig<{ host: HostName }>({
  globalSetup: './tests/support/e2e-setup.ts',
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only when repeated has failed.
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  projects: [
    { name: 'stories', grepInvert: tags.desktop },
    {
      name: 'desktop',
      use: { host: 'stand-in' },
      testMatch: files(filesOnStandIn),
      grepInvert: [tags.web, tags.electron],
    },
    ...real,
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...offline, ...asRoot],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
})
