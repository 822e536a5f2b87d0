import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '#electron/dev/built-files.ts'
import { definesOfPortable, folderOfWindowsProgram, menuEntries } from '../support/described-installers.ts'
import { temporaryFolder } from '../support/engine.ts'
import { packagerFolder } from '../support/packaged-program.ts'
import { releaseSteps, runScript, scriptOf } from '../support/workflow-steps.ts'

/** Runs the workflow's installation for a system; returns the commands and the program that is tested next. Nothing is installed. */
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
    GITHUB_ENV: join(folder, 'environment'),
  })
  const written = await readFile(join(folder, 'environment'), 'utf8')
  return {
    ran: ran.replaceAll(`${folder}/bin/`, '').trim().split('\n'),
    program: /^HERALD_PACKAGED=(.*)\n$/.exec(written)?.[1],
  }
}

test('menu entries on Linux do not turn off Chromium’s sandbox', async () => {
  const entries = await menuEntries(await temporaryFolder())

  expect(entries.map(({ text }) => /^Exec=(.*)$/m.exec(text)?.[1])).toEqual([
    'AppRun %U',
    '/opt/Herald/herald %U',
    '/opt/Herald/herald %U',
  ])
})

test('a portable program unpacks itself into a new folder at each start', async () => {
  const defines = await definesOfPortable(await temporaryFolder())

  expect(defines).toMatchObject({
    APP_ID: 'app.herald.desktop',
    APP_FILENAME: 'herald',
    REQUEST_EXECUTION_LEVEL: 'user',
  })
  // With a fixed name each start would delete that folder, even if a program runs from it.
  expect(defines).not.toHaveProperty('UNPACK_DIR_NAME')
})

test.runIf(process.platform !== 'win32')('a release tests the programs that its installers install', async () => {
  const script = scriptOf(await releaseSteps('package'), 'install')
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

test('on Windows, uninstalling removes the start at login and updating keeps it', async () => {
  const [macro, uninstaller] = await Promise.all([
    readFile(join(projectFolder, 'build/installer.nsh'), 'utf8'),
    readFile(join(packagerFolder, 'templates/nsis/uninstaller.nsh'), 'utf8'),
  ])

  expect(macro).toMatch(
    /!macro customUnInstall\n {2}\$\{ifNot\} \$\{isUpdated\}\n {4}DeleteRegValue HKCU "[^"]+\\Run" "\$\{APP_ID\}"/,
  )
  // The packager includes that file and calls the macro by this name.
  expect(uninstaller).toContain('!insertmacro customUnInstall\n')
})

test('windows on Linux belong to the menu entry of the program', async () => {
  const entries = await menuEntries(await temporaryFolder())

  expect(entries.map(({ file }) => file)).toEqual([
    'herald.desktop',
    '/usr/share/applications/herald.desktop',
    '/usr/share/applications/herald.desktop',
  ])
  // Electron and the packager both take the name from the manifest.
  for (const { text } of entries) expect(text).toContain('\nStartupWMClass=herald\n')
})
