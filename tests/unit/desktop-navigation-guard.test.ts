import { beforeEach, expect, it } from 'vitest'
import { ownConsoleUrl } from '#electron/desktop/console/addresses.ts'
import { denyPermissions, guardNavigation } from '#electron/desktop/security/navigation-guard.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { StandInContents, StandInEvent } from '#tests/support/electron-stand-in-window.ts'
import { readableLog } from '#tests/support/readable-log.ts'

let standIn: ReturnType<typeof electronStandIn>
let written: ReturnType<typeof readableLog>
let page: StandInContents

beforeEach(() => {
  standIn = electronStandIn()
  written = readableLog()
  page = new StandInContents()
  guardNavigation(standIn.electron, ownConsoleUrl, written.log)
  standIn.app.emit('web-contents-created', new StandInEvent(), page)
})

it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)(
  'a page stays on the console: %s',
  (how) => {
    expect(page.navigate(how, 'herald://console/index.html')).toBe(true)
    expect(page.navigate(how, 'https://evil.example/?token=abc')).toBe(false)
    expect(page.navigate(how, 'file:///etc/passwd')).toBe(false)
    expect(page.navigate(how, 'javascript:alert(1)')).toBe(false)
    expect(page.navigate(how, 'data:text/html,<script>')).toBe(false)
    expect(written.lines).toHaveLength(4)
    expect(written.lines[0]).toBe('warn: navigation refused: https://evil.example/')
  },
)

it.each([
  ['https://docs.example/start', 'https://docs.example/start'],
  ['https://docs.example/?token=abc#secret', 'https://docs.example/'],
  ['https://user:secret@evil.example/a', 'https://…@evil.example/a'],
  ['file:///etc/passwd', 'file:///etc/passwd'],
  ['smb://server/share', 'smb://server/share'],
  ['ms-msdt:/id', 'ms-msdt:…'],
  ['javascript:alert("secret")', 'javascript:…'],
  ['data:text/html,secret', 'data:…'],
  ['blob:https://evil.example/secret', 'blob:…'],
  ['herald://console/', 'herald://console/'],
  ['https://evil.example/\n2026-11-30 info\u2028all is well', 'https://evil.example/?2026-11-30 info?all is well'],
  [`https://evil.example/${'a'.repeat(1000)}`, `https://evil.example/${'a'.repeat(179)}`],
])('a page opens no second window for %s, and the log line has no secrets', (url, shown) => {
  expect(page.openWindow(url)).toBe(false)
  expect(written.lines).toEqual([`warn: window refused: ${shown}`])
})

it('a page attaches no webview', () => {
  expect(page.attachWebview()).toBe(false)
  expect(written.lines).toEqual(['warn: webview refused'])
})

it('all permissions of the web platform are refused, except copying by the console', () => {
  type Handlers = {
    check: (contents: null, permission: string, origin: string) => boolean
    device: (details: unknown) => boolean
    request: (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void
  }
  denyPermissions(standIn.electron.session.defaultSession, ownConsoleUrl, written.log)
  const { check, device, request } = standIn.permissions as Handlers
  const isGranted = (permission: string, address: string): boolean[] => {
    const answers: boolean[] = []
    request(null, permission, (granted) => answers.push(granted), { requestingUrl: address })
    return [check(null, permission, new URL(address).href), ...answers]
  }

  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem'])
    expect(isGranted(permission, 'herald://console/')).toEqual([false, false])
  expect(device({})).toBe(false)
  expect(written.lines).toContain('warn: permission refused: geolocation')
  // To copy lines of the log is all that the console asks for.
  expect(isGranted('clipboard-sanitized-write', 'herald://console/')).toEqual([true, true])
  expect(isGranted('clipboard-sanitized-write', 'https://elsewhere.example/')).toEqual([false, false])
})
