/** `npm start`: the desktop app where Electron's runtime is there or can be had, otherwise the web host in this process. */
import { spawn } from 'node:child_process'
import { whenAskedToStop } from './base/stop-signals.ts'
import { buildProgram, projectFolder } from './dev/built-files.ts'
import { obtainElectronRuntime } from './dev/electron-download.ts'
import { buildConsole } from './web/build-console.ts'

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

/** Runs the app to its end. Null when it could not even begin, as without the system's libraries for windows. */
async function runDesktop(executable: string): Promise<number | null> {
  await buildProgram(() => say('Building the program…'))
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const app = spawn(executable, [projectFolder, ...process.argv.slice(2)], { stdio: 'inherit', env })
  void whenAskedToStop().then(() => app.kill('SIGTERM'))
  return new Promise<number | null>((resolve) => {
    app.once('error', () => resolve(null))
    // 127: a library is missing. SIGTRAP: Chromium's own way to give up, as when its sandbox is not to be had.
    app.once('exit', (exitCode, signal) => resolve(signal === 'SIGTRAP' || exitCode === 127 ? null : (exitCode ?? 1)))
  })
}

async function whyNoDesktop(): Promise<string> {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no screen for the desktop app'
  const runtime = await obtainElectronRuntime(() => say('Downloading the Electron runtime…'))
  if (!runtime.found) return `The Electron runtime is missing: ${runtime.reason}`
  const code = await runDesktop(runtime.executable)
  if (code !== null) process.exit(code)
  return 'The desktop app cannot start on this system'
}

say(`${await whyNoDesktop()}. Starting the web host instead.`)
await buildConsole()
await import('./web/main.ts')
