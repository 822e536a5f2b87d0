/** The web host: the program without Electron, for a browser and for scripts on this machine. */
import { join } from 'node:path'
import { openLogs } from '../base/log.ts'
import { whenAskedToStop } from '../base/stop-signals.ts'
import { EngineOpenError, openEngine } from '../engine.ts'
import { ArgumentError, parseWebArguments, usage, type WebArguments } from './arguments.ts'
import { listenOnLoopback, openWebHost, PortError } from './server.ts'

const consoleDir = join(import.meta.dirname, '../../out/renderer')

async function run(first: WebArguments): Promise<void> {
  const stop = whenAskedToStop().then(() => null)
  let next: WebArguments | null = first
  while (next !== null) next = await serve(next, stop)
}

/** Serves until it is asked to stop or to restart. Returns null, or the arguments for the next start. */
async function serve(options: WebArguments, stop: Promise<null>): Promise<WebArguments | null> {
  const listener = await listenOnLoopback(options.port)
  const { promise: restarted, resolve: restart } = Promise.withResolvers<WebArguments>()
  const engine = await openEngine({
    dataDir: options.dataDir,
    host: 'web',
    environment: {
      gatewayUrl: process.env.HERALD_GATEWAY_URL,
      gatewayToken: process.env.HERALD_GATEWAY_TOKEN,
    },
    restore: options.restore,
    forgetPassphrase: options.forgetPassphrase,
    // The answer to the request leaves first. The link stays the same.
    onRestart: () =>
      setTimeout(restart, 100, { ...options, port: listener.port, restore: undefined, forgetPassphrase: false }),
  })
  const host = openWebHost(listener, {
    api: engine.api,
    token: options.token,
    consoleDir,
    uploadsDir: join(options.dataDir, 'uploads'),
    log: openLogs(options.dataDir).main,
  })
  process.stdout.write(`ready ${host.link}\n`)
  const next = await Promise.race([stop, restarted])
  await host.close()
  await engine.close()
  return next
}

function printError(text: string): void {
  process.stderr.write(`${text}\n`)
}

try {
  const options = parseWebArguments(process.argv.slice(2))
  if (options === null) process.stdout.write(`${usage}\n`)
  else await run(options)
  process.exit(0)
} catch (error) {
  if (error instanceof ArgumentError) {
    printError(`${error.message}\n${usage}`)
    process.exit(2)
  }
  const known = error instanceof PortError || error instanceof EngineOpenError
  printError(`Herald cannot start: ${known ? error.message : String(error)}`)
  process.exit(1)
}
