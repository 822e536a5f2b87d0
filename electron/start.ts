/** `npm start`: runs the desktop app if Electron's runtime exists or can be downloaded, otherwise the web host in this process. */
import { spawn } from 'node:child_process'
import { whenAskedToStop } from './base/stop-signals.ts'
import { buildProgram, projectFolder } from './dev/built-files.ts'
import { obtainElectronRuntime } from './dev/electron-download.ts'
import { buildConsole } from './web/build-console.ts'

function print(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Runs the app and returns its exit code. Returns null if it cannot start, for example without the system's window libraries. */
async function runDesktop(executable: string): Promise<number | null> {
  await buildProgram(() => print('Building the program…'))
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const app = spawn(executable, [projectFolder, ...process.argv.slice(2)], { stdio: 'inherit', env })
  void whenAskedToStop().then(() => app.kill('SIGTERM'))
  return new Promise<number | null>((resolve) => {
    app.once('error', () => resolve(null))
    // 127: a library is missing. SIGTRAP: Chromium gave up, for example because its sandbox is unavailable.
    app.once('exit', (exitCode, signal) => resolve(signal === 'SIGTRAP' || exitCode === 127 ? null : (exitCode ?? 1)))
  })
}

async function whyNoDesktop(): Promise<string> {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no screen for the desktop app'
  const runtime = await obtainElectronRuntime(() => print('Downloading the Electron runtime…'))
  if (!runtime.found) return `The Electron runtime is missing: ${runtime.reason}`
  const code = await runDesktop(runtime.executable)
  if (code !== null) process.exit(code)
  return 'The desktop app cannot start on this system'
}

print(`${await whyNoDesktop()}. Starting the web host instead.`)
await buildConsole()
await import('./web/main.ts')
