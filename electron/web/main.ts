/** The web door: the program without Electron, for a browser and for scripts on this machine. */
import { join } from 'node:path'
import { openLogs } from '../base/log.ts'
import { whenAskedToStop } from '../base/stop-signals.ts'
import { EngineOpenError, openEngine } from '../engine.ts'
import { ArgumentError, parseWebArguments, usage, type WebArguments } from './arguments.ts'
import { listenOnLoopback, openWebHost, PortError } from './server.ts'

const consoleDir = join(import.meta.dirname, '../../out/renderer')

async function run(wishes: WebArguments): Promise<void> {
  const stop = whenAskedToStop().then(() => null)
  let next: WebArguments | null = wishes
  while (next !== null) next = await serve(next, stop)
}

/** Serves until it is asked to stop (null), or to begin anew with another store: then gives back how. */
async function serve(wishes: WebArguments, stop: Promise<null>): Promise<WebArguments | null> {
  const listener = await listenOnLoopback(wishes.port)
  const { promise: anew, resolve: beginAnew } = Promise.withResolvers<WebArguments>()
  const engine = await openEngine({
    dataDir: wishes.dataDir,
    host: 'web',
    environment: {
      gatewayUrl: process.env.HERALD_GATEWAY_URL,
      gatewayToken: process.env.HERALD_GATEWAY_TOKEN,
    },
    restore: wishes.restore,
    forgetPassphrase: wishes.forgetPassphrase,
    // The answer to whoever asked for it leaves first. The link stays as it is.
    onRestart: () =>
      setTimeout(beginAnew, 100, { ...wishes, port: listener.port, restore: undefined, forgetPassphrase: false }),
  })
  const host = openWebHost(listener, {
    api: engine.api,
    token: wishes.token,
    consoleDir,
    uploadsDir: join(wishes.dataDir, 'uploads'),
    log: openLogs(wishes.dataDir).main,
  })
  process.stdout.write(`ready ${host.link}\n`)
  const next = await Promise.race([stop, anew])
  await host.close()
  await engine.close()
  return next
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

try {
  const wishes = parseWebArguments(process.argv.slice(2))
  if (wishes === null) process.stdout.write(`${usage}\n`)
  else await run(wishes)
  process.exit(0)
} catch (error) {
  if (error instanceof ArgumentError) {
    say(`${error.message}\n${usage}`)
    process.exit(2)
  }
  const known = error instanceof PortError || error instanceof EngineOpenError
  say(`Herald cannot start: ${known ? error.message : String(error)}`)
  process.exit(1)
}
