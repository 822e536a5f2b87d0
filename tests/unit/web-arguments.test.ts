import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultDataDirectory } from '#electron/base/data-directory.ts'
import { ArgumentError, parseWebArguments } from '#electron/web/arguments.ts'

describe('the command line of the web host', () => {
  test('is used verbatim', () => {
    expect(parseWebArguments(['--data-dir', '/tmp/x', '--port=0', '--token', 'T'])).toEqual({
      dataDir: resolve('/tmp/x'),
      port: 0,
      token: 'T',
      forgetPassphrase: false,
    })
  })

  test('may be empty: the user directory, port 8000, a random token', () => {
    const environment = { HERALD_DATA_DIR: '/data' }
    const first = parseWebArguments([], environment)
    expect(first).toMatchObject({ dataDir: resolve('/data'), port: 8000, token: expect.stringMatching(/^[\w-]{32}$/) })
    expect(parseWebArguments([], environment)?.token).not.toBe(first?.token)
  })

  test('may name what takes the place of the store first', () => {
    const name = 'daily-2026-11-30T01-02-03-456Z.db'
    for (const wish of ['newest', 'none', name])
      expect(parseWebArguments(['--restore', wish])).toMatchObject({ restore: wish })
    for (const wish of ['', '../herald.db', 'daily.db'])
      expect(() => parseWebArguments(['--restore', wish])).toThrow(
        `--restore must be "newest", "none" or the name of a file in backups, not "${wish}".`,
      )
  })

  test('may have the passphrase of the lock forgotten', () => {
    expect(parseWebArguments(['--forget-passphrase'])).toMatchObject({ forgetPassphrase: true })
    expect(() => parseWebArguments(['--forget-passphrase=yes'])).toThrow(ArgumentError)
  })

  test('may ask for help', () => {
    expect(parseWebArguments(['--help'])).toBeNull()
  })

  test.each([
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536".'],
    [['--port', 'many'], '--port must be a whole number from 0 to 65535, not "many".'],
    [['--port', '1e3'], '--port must be a whole number from 0 to 65535, not "1e3".'],
    [['--port', ''], '--port must be a whole number from 0 to 65535, not "".'],
    [['--data-dir', ''], '--data-dir must not be empty.'],
    [['--token', ''], '--token must be one word of visible ASCII characters.'],
    [['--token', 'two words'], '--token must be one word of visible ASCII characters.'],
    [['--token'], "Option '--token <value>' argument missing."],
    [['--colour', 'red'], "Unknown option '--colour'."],
    [['surplus'], "Unexpected argument 'surplus'."],
  ])('is refused when it is %j', (argv, words) => {
    expect(() => parseWebArguments(argv)).toThrow(new ArgumentError(words))
  })
})

test.each([
  ['linux', {}, '/home/anna/.local/share/herald'],
  ['linux', { XDG_DATA_HOME: '/home/anna/data' }, '/home/anna/data/herald'],
  ['darwin', {}, '/home/anna/Library/Application Support/Herald'],
  ['win32', { APPDATA: 'C:\\Users\\Anna\\AppData\\Roaming' }, 'C:\\Users\\Anna\\AppData\\Roaming\\Herald'],
  ['win32', { HERALD_DATA_DIR: 'D:\\herald' }, 'D:\\herald'],
] as const)('on %s with %j the data stand in %s', (platform, environment, expected) => {
  expect(defaultDataDirectory(environment, platform, '/home/anna')).toBe(expected)
})
