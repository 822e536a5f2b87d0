import { fork } from 'node:child_process'
import { join } from 'node:path'

export interface GatewayProcess {
  readonly url: string
  stop(): void
}

/** Starts the swift gateway as a separate process, so that it takes no time from the measured one. */
export async function startGateway(latencyMs: number): Promise<GatewayProcess> {
  const child = fork(join(import.meta.dirname, '../support/swift-gateway.ts'), [String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(String(data).trim()))
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}/send`, stop: () => child.disconnect() }
}
