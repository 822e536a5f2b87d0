/** `npm run bench`: one JSON object per line. Ratios within one run; a shared machine makes single figures uncertain. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startGateway } from './gateway-process.ts'
import { type Cost, rounded } from './measure.ts'

interface Run extends Cost {
  readonly peakMegabytes: number
}

interface DeliveryRun extends Run {
  readonly imported: Cost
}

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    stored: { type: 'string', default: '1000000' },
    clients: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
})
const messages = Number(options.messages)

/** The gateway's latency, the concurrency of both sides, and the required ratio. */
const settings = [
  { latencyMs: 0, concurrency: 32, wanted: null },
  { latencyMs: 0, concurrency: 256, wanted: 0.5 },
  { latencyMs: 50, concurrency: 256, wanted: 0.9 },
  { latencyMs: 50, concurrency: 1024, wanted: null },
]

function child<Result>(file: string, ...args: (string | number)[]): Promise<Result> {
  const running = fork(join(import.meta.dirname, file), args.map(String), { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    running.once('message', (result) => resolve(result as Result))
    running.once('exit', (code) => reject(new Error(`${file} ended with ${code} and no result`)))
  })
}

function say(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function best<R extends Cost>(runs: readonly R[]): R {
  const [first, ...others] = runs
  if (first === undefined) throw new Error('at least one round')
  return others.reduce((champion, run) => (run.seconds < champion.seconds ? run : champion), first)
}

/** The number of deliveries that share the gateway. */
const deliveriesAtOnce = 20

interface SharesRun extends Run {
  readonly shares: readonly number[]
  readonly sentWhileSmall: number
}

/** Measures the share of each of many deliveries, and whether a small one waits behind them. */
async function benchShares(): Promise<void> {
  const concurrency = 256
  const gateway = await startGateway(0)
  const bare: Run[] = []
  const herald: SharesRun[] = []
  for (let round = 0; round < Number(options.rounds); round += 1) {
    bare.push(await child<Run>('run-bare.ts', gateway.url, concurrency, messages))
    herald.push(await child<SharesRun>('run-shares.ts', gateway.url, concurrency, messages, deliveriesAtOnce))
  }
  gateway.stop()
  const [ours, theirs] = [best(herald), best(bare)]
  say({
    bench: 'deliveries at once',
    deliveries: deliveriesAtOnce,
    concurrency,
    messages,
    messagesPerSecond: Math.round(messages / ours.seconds),
    ratio: rounded(theirs.seconds / ours.seconds, 3),
    fairShare: rounded(1 / deliveriesAtOnce, 3),
    shares: ours.shares.map((share) => rounded(share, 3)),
    messagesSentWhileADeliveryOfTenWentOut: ours.sentWhileSmall,
    peakMegabytes: ours.peakMegabytes,
  })
}

const imports: Cost[] = []
for (const { latencyMs, concurrency, wanted } of settings) {
  const gateway = await startGateway(latencyMs)
  const bare: Run[] = []
  const herald: DeliveryRun[] = []
  // Alternately, so that a busy moment of the machine affects both.
  for (let round = 0; round < Number(options.rounds); round += 1) {
    bare.push(await child<Run>('run-bare.ts', gateway.url, concurrency, messages))
    herald.push(await child<DeliveryRun>('run-delivery.ts', gateway.url, concurrency, messages))
  }
  gateway.stop()
  imports.push(...herald.map((run) => run.imported))
  const [ours, theirs] = [best(herald), best(bare)]
  say({
    bench: 'delivery',
    latencyMs,
    concurrency,
    messages,
    messagesPerSecond: Math.round(messages / ours.seconds),
    barePerSecond: Math.round(messages / theirs.seconds),
    ratio: rounded(theirs.seconds / ours.seconds, 3),
    wantedRatio: wanted,
    cpuMsPerMessage: rounded(ours.cpuMs / messages, 4),
    bareCpuMsPerMessage: rounded(theirs.cpuMs / messages, 4),
    peakMegabytes: ours.peakMegabytes,
    barePeakMegabytes: theirs.peakMegabytes,
  })
}
await benchShares()
say({ bench: 'import', rows: messages, rowsPerSecond: Math.round(messages / best(imports).seconds), wanted: 30_000 })
const statistics = await child<{ medianMs: number; worstMs: number; periodMs: number }>(
  'run-statistics.ts',
  options.stored,
)
say({
  bench: 'general statistics',
  storedMessages: Number(options.stored),
  medianMs: rounded(statistics.medianMs, 2),
  worstMs: rounded(statistics.worstMs, 2),
  wantedMs: 5,
})
say({
  bench: 'report of a period',
  storedMessages: Number(options.stored),
  seconds: rounded(statistics.periodMs / 1000, 2),
})
const directory = await child<{ medians: Record<string, number>; tagged: number; taggedPerSecond: number }>(
  'run-directory.ts',
  options.clients,
)
for (const [what, medianMs] of Object.entries(directory.medians))
  say({ bench: 'search', clients: Number(options.clients), what, medianMs: rounded(medianMs, 1), wantedMs: 50 })
say({
  bench: 'change to many',
  clients: Number(options.clients),
  tagged: directory.tagged,
  perSecond: Math.round(directory.taggedPerSecond),
})
const seen = await child<{
  firstScreenMs: number
  sent: number
  sentPerSecond: number
  longestTaskMs: number
  tasksOver50Ms: number
  heapMegabytes: number[]
}>('run-console.ts', options.stored)
say({
  bench: 'first screen',
  clients: Number(options.stored),
  messages: Number(options.stored),
  medianMs: Math.round(seen.firstScreenMs),
  wantedMs: 1000,
})
say({
  bench: 'console while a delivery runs',
  sent: seen.sent,
  messagesPerSecond: Math.round(seen.sentPerSecond),
  longestTaskMs: Math.round(seen.longestTaskMs),
  tasksOver50Ms: seen.tasksOver50Ms,
  wantedMs: 100,
})
say({ bench: 'page memory over an hour of events', events: 14_400, heapMegabytes: seen.heapMegabytes })
const desktop = await child<{ startMs: number; idleMegabytes: number; sendingMegabytes: number }>(
  'run-desktop.ts',
  options.stored,
)
say({
  bench: 'desktop program over the stand-in',
  clients: Number(options.stored),
  startToFirstScreenMs: Math.round(desktop.startMs),
  mainProcessMegabytes: desktop.idleMegabytes,
  whileSendingMegabytes: desktop.sendingMegabytes,
})
