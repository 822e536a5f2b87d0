/**
 * `npm run dev`: runs the program from its sources and reloads it when they change. It is the desktop app if Electron's runtime
 * exists, otherwise the web host behind Vite's server, which authenticates with its own token.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { findElectronRuntime } from './electron-runtime.ts'

const require = createRequire(import.meta.url)
const runtime = findElectronRuntime()

if (runtime.found) {
  runTogether([node(packageFile('electron-vite', 'bin/electron-vite.js'), 'dev', '--watch')])
} else {
  process.stdout.write(
    `The Electron runtime is missing (${runtime.reason}): starting the web host instead, at the address that Vite prints.\n`,
  )
  const port = String(await freePort())
  const token = randomBytes(24).toString('base64url')
  const webHost = { HERALD_WEB_URL: `http://127.0.0.1:${port}`, HERALD_WEB_TOKEN: token }
  runTogether([
    node('--watch', '--watch-preserve-output', 'electron/web/main.ts', '--port', port, '--token', token),
    node(packageFile('vite', 'bin/vite.js'), '--config', 'renderer/vite.config.ts', webHost),
  ])
}

/** Starts Node in the project's folder. An object as the last argument is added to the environment. */
function node(...call: readonly (string | Readonly<Record<string, string>>)[]): ChildProcess {
  const args = call.filter((part) => typeof part === 'string')
  const environment = call.find((part) => typeof part === 'object')
  return spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  })
}

/** Stops all processes when one of them ends. */
function runTogether(children: readonly ChildProcess[]): void {
  for (const child of children) {
    child.once('exit', (code) => {
      process.exitCode ??= code ?? 1
      for (const other of children) other.kill()
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      for (const child of children) child.kill(signal)
    })
  }
}

function packageFile(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file)
}

/** Returns a free port. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
