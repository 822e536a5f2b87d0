import { buildProgram } from '../../electron/built-files.ts'
import { electronHere } from './electron-here.ts'

/** Comes before every story: the desktop program is built, and one line says through which doors they are told. */
export default async function setUp(): Promise<void> {
  await buildProgram(() => process.stdout.write('Building the program…\n'))
  const here = electronHere()
  const real =
    'missing' in here
      ? `electron does not run: ${here.missing}`
      : 'electron runs the story of tests/e2e/desktop.test.ts'
  process.stdout.write(
    `Doors: web tells every story; stand-in tells those of the project "desktop" on the built program; ${real}\n`,
  )
}
