import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'
import { definesOfPortable, folderOfWindowsProgram, menuEntries } from '../support/described-installers.ts'
import { temporaryFolder } from '../support/engine.ts'
import { packagerFolder } from '../support/packaged-program.ts'
import { releaseSteps, runScript, scriptOf } from '../support/workflow-steps.ts'

/** What the workflow has an installer's system do, and the program that it tries out then; nothing is installed here. */
async function installed(script: string, system: string) {
  const folder = await temporaryFolder()
  const setup = 'dist/herald-1-win-x64-setup.exe'
  for (const file of ['bin/sudo', 'bin/hdiutil', 'bin/ditto', setup]) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), '#!/bin/sh\necho "$0 $*"\n', { mode: 0o755 })
  }
  for (const name of ['linux-amd64.deb', 'linux-x64.rpm', 'mac-arm64.dmg', 'mac-x64.dmg'])
    await writeFile(join(folder, `dist/herald-1-${name}`), '')
  const ran = await runScript(script, folder, system, {
    PATH: join(folder, 'bin'),
    RUNNER_TEMP: 'temp',
    LOCALAPPDATA: 'C:\\Users\\anna\\AppData\\Local',
    GITHUB_ENV: join(folder, 'told'),
  })
  const told = await readFile(join(folder, 'told'), 'utf8')
  return {
    ran: ran.replaceAll(`${folder}/bin/`, '').trim().split('\n'),
    program: /^HERALD_PACKAGED=(.*)\n$/.exec(told)?.[1],
  }
}

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

test.runIf(process.platform !== 'win32')('a release tries out what its installers have installed', async () => {
  const script = scriptOf(await releaseSteps('package'), 'Install the program')
  const [, deb] = await menuEntries(await temporaryFolder())

  expect(await installed(script, 'linux')).toEqual({
    ran: ['sudo apt-get install --yes ./dist/herald-1-linux-amd64.deb'],
    program: /^Exec=(\S+)/m.exec(deb?.text ?? '')?.[1],
  })
  expect(await installed(script, 'win')).toEqual({
    ran: ['dist/herald-1-win-x64-setup.exe /S /currentuser'],
    program: `C:\\Users\\anna\\AppData\\Local\\Programs\\${await folderOfWindowsProgram()}\\Herald.exe`,
  })
  expect(await installed(script, 'mac')).toEqual({
    ran: [
      'hdiutil attach -nobrowse -mountpoint temp/herald dist/herald-1-mac-arm64.dmg',
      'ditto temp/herald/Herald.app /Applications/Herald.app',
      'hdiutil detach temp/herald',
    ],
    program: '/Applications/Herald.app/Contents/MacOS/Herald',
  })
})

test('the start at login goes with the program on Windows, and outlasts a new version', async () => {
  const [macro, uninstaller] = await Promise.all([
    readFile(join(projectFolder, 'build/installer.nsh'), 'utf8'),
    readFile(join(packagerFolder, 'templates/nsis/uninstaller.nsh'), 'utf8'),
  ])

  expect(macro).toMatch(
    /!macro customUnInstall\n {2}\$\{ifNot\} \$\{isUpdated\}\n {4}DeleteRegValue HKCU "[^"]+\\Run" "\$\{APP_ID\}"/,
  )
  // The packager takes what stands in that file by itself, and calls it by that name.
  expect(uninstaller).toContain('!insertmacro customUnInstall\n')
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
