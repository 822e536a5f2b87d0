import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { openEngine } from '#electron/engine.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { clientsCsv } from './clients-csv.ts'

/** Opens the whole engine in a temporary folder, sending to `url`, for a child process of the bench. */
export async function openBenchEngine(url: string, concurrency: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
  const engine = await openEngine({ dataDir, host: 'web', environment: { gatewayUrl: url, gatewayToken: 'token' } })
  const client = createRouterClient(engine.api)
  await client.gateway.update({ concurrency })
  return {
    client,
    /** Imports n clients; throws if one is refused. */
    async importClients(count: number): Promise<void> {
      for await (const event of await client.clients.import({ csv: clientsCsv(count) })) {
        if (event.kind === 'report' && event.report.created !== count) throw new Error('clients were refused')
      }
    },
    /** Throws unless every message was sent. */
    async expectSent(messages: number): Promise<void> {
      const { byStatus } = (await client.statistics.general()).messages
      if (byStatus.sent !== messages) throw new Error(`sent ${byStatus.sent} of ${messages}`)
    },
    async close(): Promise<void> {
      await engine.close()
      await removeFolder(dataDir)
      process.disconnect()
    },
  }
}
