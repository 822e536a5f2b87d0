import { posix, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileWithin } from '#electron/base/served-files.ts'

describe('the file that an address means', () => {
  it.each([
    ['/index.html', '/app/renderer/index.html', 'C:\\app\\renderer\\index.html'],
    ['/assets/with%20space.css', '/app/renderer/assets/with space.css', 'C:\\app\\renderer\\assets\\with space.css'],
    ['/console.js', '/app/renderer/console.js', 'C:\\app\\renderer\\console.js'],
    ['/assets/auxiliary-1.js', '/app/renderer/assets/auxiliary-1.js', 'C:\\app\\renderer\\assets\\auxiliary-1.js'],
    // Decoded once: what is left is a strange name inside the folder.
    ['/%252e%252e%252fherald.db', '/app/renderer/%2e%2e%2fherald.db', 'C:\\app\\renderer\\%2e%2e%2fherald.db'],
    ['//server/share/x', '/app/renderer/server/share/x', 'C:\\app\\renderer\\server\\share\\x'],
  ])('%s stands inside the folder', (pathname, onPosix, onWindows) => {
    expect(fileWithin('/app/renderer', pathname, posix)).toBe(onPosix)
    expect(fileWithin('C:\\app\\renderer', pathname, win32)).toBe(onWindows)
  })

  it.each([
    '/../herald.db',
    '/..%2fherald.db',
    '/%2e%2e%2fherald.db',
    '/..%2frenderer-secret/key',
    '/..%5cherald.db',
    '/..\\herald.db',
    '/%5c%5cserver%5cshare%5cx',
    '/C:/Windows/win.ini',
    '/C%3A%5CWindows%5Cwin.ini',
    '/c%3a/x',
    '/index.html::$DATA',
    '/index.html%00.js',
    '/CON',
    '/assets/nul.js',
    '/com1%20.txt',
    '/%E0%A4%A',
    '/..%c0%af..%c0%afherald.db',
  ])('%s leads out of it, and is none', (pathname) => {
    expect(fileWithin('/app/renderer', pathname, posix)).toBeNull()
    expect(fileWithin('C:\\app\\renderer', pathname, win32)).toBeNull()
  })
})
