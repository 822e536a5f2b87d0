import { buildProgram } from '../../electron/dev/built-files.ts'
import { filesOnElectron } from './e2e-hosts.ts'
import { electronHere } from './electron-here.ts'

/** Runs before all stories: builds the desktop program, and prints which hosts run. */
export default async function setUp(): Promise<void> {
  await buildProgram(() => process.stdout.write('Building the program…\n'))
  const here = electronHere()
  const real =
    'missing' in here
      ? `electron does NOT run: ${here.missing}`
      : `electron runs ${filesOnElectron.length} files on the real one`
  process.stdout.write(
    `Hosts: web runs every story that a browser can have; stand-in every story that a window can have, on the built program; ${real}\n`,
  )
}
