import { expect, test } from 'vitest'
import { definesOfPortable, menuEntries } from '../support/described-installers.ts'
import { temporaryFolder } from '../support/engine.ts'

test('programs for Linux start from the menu in Chromium’s sandbox', async () => {
  const entries = await menuEntries(await temporaryFolder())

  expect(entries.map(({ text }) => /^Exec=(.*)$/m.exec(text)?.[1])).toEqual([
    'AppRun %U',
    '/opt/Herald/herald %U',
    '/opt/Herald/herald %U',
  ])
})

test('a portable program unpacks itself into a folder of its own at each start', async () => {
  const defines = await definesOfPortable(await temporaryFolder())

  expect(defines).toMatchObject({
    APP_ID: 'app.herald.desktop',
    APP_FILENAME: 'herald',
    REQUEST_EXECUTION_LEVEL: 'user',
  })
  // Where a name is built in, every start clears that folder away, also from under a program that runs.
  expect(defines).not.toHaveProperty('UNPACK_DIR_NAME')
})

test('windows on Linux belong to the menu entry of the program', async () => {
  const entries = await menuEntries(await temporaryFolder())

  expect(entries.map(({ file }) => file)).toEqual([
    'herald.desktop',
    '/usr/share/applications/herald.desktop',
    '/usr/share/applications/herald.desktop',
  ])
  // Electron tells the desktop the name that stands in the manifest; the packager takes the entry's from there too.
  for (const { text } of entries) expect(text).toContain('\nStartupWMClass=herald\n')
})
