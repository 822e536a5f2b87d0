import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { openEngine } from '#electron/engine.ts'
import { clientsCsv } from './clients-csv.ts'
import { type Cost, measure, peakMegabytes } from './measure.ts'

/** A child process: the whole engine imports as many clients as there are messages and sends one delivery to them. */
const [url = '', concurrency = '', messages = ''] = process.argv.slice(2)
const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
const engine = await openEngine({ dataDir, door: 'web', environment: { gatewayUrl: url, gatewayToken: 'token' } })
const client = createRouterClient(engine.api)

async function importAll(): Promise<void> {
  for await (const event of await client.clients.import({ csv: clientsCsv(Number(messages)) })) {
    if (event.kind === 'report' && event.report.created !== Number(messages)) throw new Error('clients were refused')
  }
}

async function deliver(): Promise<void> {
  const live = await client.progress.live()
  const { id } = await client.deliveries.create({ text: 'Hello from the bench' })
  for await (const event of live) {
    if (event.type === 'delivery' && event.id === id && event.status === 'completed') return
  }
}

try {
  await client.gateway.update({ concurrency: Number(concurrency) })
  const imported: Cost = await measure(importAll)
  const sent = await measure(deliver)
  const { messages: counts } = await client.statistics.general()
  if (counts.byStatus.sent !== Number(messages)) throw new Error(`sent ${counts.byStatus.sent} of ${messages}`)
  process.send?.({ imported, ...sent, peakMegabytes: peakMegabytes() })
} finally {
  await engine.close()
  await rm(dataDir, { recursive: true })
  process.disconnect()
}
