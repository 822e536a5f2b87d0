import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { hasTrayHost } from '#electron/desktop/tray/tray-host.ts'
import { temporaryDataDir } from '#tests/support/in-process-desktop.ts'

/** Returns a search path with a `gdbus` that runs this script; its answers are those of GLib 2.74. */
async function sessionThat(does: string): Promise<string> {
  const folder = await temporaryDataDir()
  await writeFile(join(folder, 'gdbus'), `#!/bin/sh\n${does}\n`, { mode: 0o755 })
  return folder
}

it.skipIf(process.platform === 'win32').each([
  ['a panel shows trays', "echo '(<true>,)'", true],
  ['the service runs and has no panel', "echo '(<false>,)'", false],
  ['the service does not exist', 'echo ServiceUnknown >&2; exit 1', false],
])('on Linux the session bus says whether tray icons are shown: %s', async (_what, does, expected) => {
  expect(await hasTrayHost('linux', { PATH: await sessionThat(does) })).toBe(expected)
})

it.skipIf(process.platform === 'win32').each([
  ['x11', 'i3', true],
  ['x11', 'ubuntu:GNOME', false],
  ['wayland', 'sway', false],
])('on X11 panels may show tray icons in an older way, except on GNOME: %s, %s', async (session, desktop, expected) => {
  const environment = { XDG_SESSION_TYPE: session, XDG_CURRENT_DESKTOP: desktop }

  expect(await hasTrayHost('linux', { PATH: await sessionThat('exit 1'), ...environment })).toBe(expected)
})

it('without gdbus, and on other systems, tray icons are assumed to be shown', async () => {
  const nothing = { PATH: await temporaryDataDir() }

  expect(await hasTrayHost('linux', nothing)).toBe(true)
  expect(await hasTrayHost('win32', nothing)).toBe(true)
})
