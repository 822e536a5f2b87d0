import { openBenchEngine } from './bench-engine.ts'
import { measure, peakMegabytes } from './measure.ts'

/** A child process: the whole engine imports as many clients as there are messages and sends one delivery to them. */
const [url = '', concurrency = '', messages = ''] = process.argv.slice(2)
const engine = await openBenchEngine(url, Number(concurrency))
const { client } = engine

async function deliver(): Promise<void> {
  const live = await client.progress.live()
  const { id } = await client.deliveries.create({ text: 'Hello from the bench' })
  for await (const event of live) {
    if (event.type === 'delivery' && event.id === id && event.status === 'completed') return
  }
}

try {
  const imported = await measure(() => engine.importClients(Number(messages)))
  const sent = await measure(deliver)
  await engine.expectSent(Number(messages))
  process.send?.({ imported, ...sent, peakMegabytes: peakMegabytes() })
} finally {
  await engine.close()
}
