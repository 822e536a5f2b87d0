import { beforeEach, describe, expect, it } from 'vitest'
import { ownConsoleUrl } from '#electron/desktop/console-address.ts'
import { denyPermissions, guardNavigation } from '#electron/desktop/navigation-guard.ts'
import { electronStandIn, readableLog } from '#tests/support/electron-stand-in.ts'
import { StandInContents, StandInEvent } from '#tests/support/electron-stand-in-window.ts'

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

describe('a page of the program', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)('stays on the console: %s', (how) => {
    expect(page.navigate(how, 'herald://console/index.html')).toBe(true)
    expect(page.navigate(how, 'https://evil.example/?token=abc')).toBe(false)
    expect(page.navigate(how, 'file:///etc/passwd')).toBe(false)
    expect(page.navigate(how, 'javascript:alert(1)')).toBe(false)
    expect(page.navigate(how, 'data:text/html,<script>')).toBe(false)
    expect(written.lines).toHaveLength(4)
    expect(written.lines[0]).toBe('warn: navigation refused: https://evil.example/')
  })

  it('opens no second window, and hands a plain https link to the browser', async () => {
    expect(page.openWindow('https://docs.example/start')).toBe(false)
    await expect.poll(() => standIn.opened).toEqual(['https://docs.example/start'])
    expect(written.lines).toEqual([])
  })

  it.each([
    'http://docs.example/',
    'file:///etc/passwd',
    'smb://server/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'https://good.example@evil.example/',
    'https://user:pass@evil.example/',
    'herald://console/',
    'not an address',
  ])('hands %s to nobody', (url) => {
    expect(page.openWindow(url)).toBe(false)
    expect(standIn.opened).toEqual([])
    expect(written.lines).toEqual([expect.stringContaining('window refused')])
  })

  it('says in the log when the system could not open a link', async () => {
    standIn = electronStandIn()
    const shell = { openExternal: async () => Promise.reject(new Error('no browser')) }
    guardNavigation({ ...standIn.electron, shell }, ownConsoleUrl, written.log)
    standIn.app.emit('web-contents-created', new StandInEvent(), page)

    page.openWindow('https://docs.example/')

    await expect.poll(() => written.lines).toEqual(['warn: link not opened: https://docs.example/ (Error: no browser)'])
  })

  it('attaches no webview', () => {
    expect(page.attachWebview()).toBe(false)
    expect(written.lines).toEqual(['warn: webview refused'])
  })
})

describe('permissions of the web platform', () => {
  it('are refused, whatever is asked for', () => {
    type Handlers = {
      check: (contents: null, permission: string) => boolean
      device: (details: unknown) => boolean
      request: (contents: null, permission: string, answer: (granted: boolean) => void) => void
    }
    denyPermissions(standIn.electron.session.defaultSession, written.log)
    const { check, device, request } = standIn.permissions as Handlers
    const answers: boolean[] = []

    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem']) {
      expect(check(null, permission)).toBe(false)
      request(null, permission, (granted) => answers.push(granted))
    }

    expect(device({})).toBe(false)
    expect(answers).toEqual(Array(5).fill(false))
    expect(written.lines).toContain('warn: permission refused: geolocation')
  })
})
