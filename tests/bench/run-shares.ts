import { openBenchEngine } from './bench-engine.ts'
import { measure, peakMegabytes } from './measure.ts'

/**
 * A child process: many deliveries at once, and a small one that starts when they are half done. Prints the share of
 * each at that time, and the number of messages sent by the end of the small one.
 */
const [url = '', concurrency = '', messages = '', deliveries = ''] = process.argv.slice(2)
const total = Number(messages)
const count = Number(deliveries)
const small = 10
const engine = await openBenchEngine(url, Number(concurrency))
const { client } = engine
const startsInMs = 2_000

let shares: number[] = []
let sentWhileSmall = 0

async function deliverAll(): Promise<void> {
  const live = await client.progress.live()
  const sent = new Map<number, number>()
  const sentInAll = () => [...sent.values()].reduce((sum, each) => sum + each, 0)
  let smallId: number | null = null
  let before = 0
  const completed = new Set<number>()
  for await (const event of live) {
    if (event.type !== 'delivery') continue
    sent.set(event.id, event.messages.byStatus.sent)
    if (event.status === 'completed') completed.add(event.id)
    if (event.id === smallId && event.status === 'completed') sentWhileSmall = sentInAll() - before
    if (smallId === null && sentInAll() >= total / 2) {
      shares = [...sent.values()].map((each) => each / sentInAll())
      before = sentInAll()
      smallId = (await client.deliveries.create({ text: 'Hello', filter: { tags: ['few'] } })).id
    }
    if (completed.size === count + 1) return
  }
}

try {
  await engine.importClients(total / count)
  for (let id = 1; id <= small; id += 1) await client.clients.update({ id, tags: ['few'] })
  const startsAt = new Date(Date.now() + startsInMs).toISOString()
  for (let delivery = 0; delivery < count; delivery += 1)
    await client.deliveries.create({ text: 'Hello from the bench', startsAt })
  const cost = await measure(deliverAll)
  await engine.expectSent(total + small)
  const seconds = cost.seconds - startsInMs / 1000
  process.send?.({ ...cost, seconds, shares, sentWhileSmall, peakMegabytes: peakMegabytes() })
} finally {
  await engine.close()
}
