import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openWorkers } from '#electron/scheduler/workers.ts'
import { eventually } from '#tests/support/fake-gateway.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

/** Ends when asked, with a last message. */
const obedient = `
  import { workerData } from 'node:worker_threads'
  const { port } = workerData
  port.once('message', () => { port.postMessage('goodbye'); port.close() })
  port.postMessage('here')
`
/** Ignores messages and never ends. */
const deaf = `
  import { workerData } from 'node:worker_threads'
  const { port } = workerData
  port.postMessage('here')
  setInterval(() => undefined, 1_000)
`
/** Sends many messages and ends immediately. */
const talkative = `
  import { workerData } from 'node:worker_threads'
  const { port } = workerData
  for (let n = 1; n <= 20_000; n += 1) port.postMessage('word ' + n)
  process.exit(0)
`
/** Dies of itself. */
const mortal = 'process.exit(1)'

async function workersOf(jobs: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), 'herald-jobs-'))
  onTestFinished(() => removeFolder(root))
  for (const [name, text] of Object.entries(jobs)) await writeFile(join(root, `${name}.ts`), text)
  const heard: string[] = []
  const started: string[] = []
  const errors: string[] = []
  const ports = new Map<string, { postMessage(message: unknown): void }>()
  const workers = await openWorkers({
    files: { root, extension: 'ts' },
    jobs: Object.fromEntries(Object.keys(jobs).map((name) => [name, () => ({})])),
    onStart: (name, port) => {
      started.push(name)
      ports.set(name, port)
      port.on('message', (word: string) => heard.push(`${name}: ${word}`))
    },
    onDeath: (name) => heard.push(`${name}: gone`),
    onError: (name, error) => errors.push(`${name}: ${error.message}`),
  })
  return { workers, heard, started, errors, ports }
}

test('a thread that is asked to end ends in its own time, and is not terminated', async () => {
  const { workers, heard, errors, ports } = await workersOf({ obedient })
  await workers.start('obedient')
  await eventually(async () => expect(heard).toContain('obedient: here'))
  ports.get('obedient')?.postMessage('end')

  await workers.endAll(60_000)

  expect(heard).toContain('obedient: goodbye')
  expect(errors).toEqual([])
})

test('a thread that does not react is terminated, and that is reported', async () => {
  const { workers, heard, errors } = await workersOf({ deaf })
  await workers.start('deaf')
  await eventually(async () => expect(heard).toContain('deaf: here'))

  await workers.endAll(50)

  expect(errors).toEqual([expect.stringContaining('exited with code 1')])
})

test('the last messages of a thread are received, before the report of its end', async () => {
  const { workers, heard } = await workersOf({ talkative })
  await workers.start('talkative')
  await eventually(async () => expect(heard).toContain('talkative: gone'))
  await workers.endAll(1_000)

  expect(heard.indexOf('talkative: gone')).toBe(20_000)
  expect(heard[19_999]).toBe('talkative: word 20000')
})

const pendingTimers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

test('nothing starts again once all has ended', async () => {
  const idleTimers = pendingTimers()
  const { workers, started, errors } = await workersOf({ mortal, obedient })
  await workers.start('mortal')
  await eventually(async () => expect(errors.length).toBeGreaterThan(0))

  await workers.endAll(1_000)
  const before = started.length
  await workers.start('obedient')

  expect(started).toHaveLength(before)
  // Nor is a restart waiting.
  expect(pendingTimers()).toBe(idleTimers)
})
