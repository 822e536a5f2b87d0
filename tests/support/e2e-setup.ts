import { buildProgram } from '../../electron/dev/built-files.ts'
import { filesOnElectron, filesOnStandIn } from './e2e-hosts.ts'
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
    `Hosts: web runs every story without a desktop; stand-in runs ${filesOnStandIn.length} files on the built program; ${real}\n`,
  )
}
