import { randomInt } from 'node:crypto'
import { workerData } from 'node:worker_threads'
import { wallClock } from '../../base/clock.ts'
import type { Gateway } from '../../gateways/gateway.ts'
import { createGateway } from '../../gateways/open-gateway.ts'
import { createSender } from '../../sending/sender.ts'
import { openSendQueue } from '../../store/send-queue/open-send-queue.ts'
import type { DispatchSettings, FromDispatch, SendingTarget, ToDispatch, WorkerStart } from '../protocol.ts'

/** The worker thread that sends. It has its own connection to the store and its own port to the engine. */

const { port, settings } = workerData as WorkerStart<DispatchSettings>
const report = (message: FromDispatch): void => port.postMessage(message)
const maxSenderId = 2 ** 31
const opening = openSendQueue(settings.storeFile, randomInt(1, maxSenderId))

// A statement that returns to a thread which is gone ends the whole process, so the store is closed first, also by a
// thread that dies while it opens it.
process.on('uncaughtException', (error) => {
  report({ type: 'log', level: 'error', text: `the sending worker ends: ${error.stack ?? error.message}` })
  void opening
    .then((opened) => opened.close())
    .catch(() => undefined)
    .finally(() => process.exit(1))
})

const queue = await opening
const sender = createSender({
  queue,
  clock: wallClock,
  report,
  policy: settings.retryPolicy,
  interrupted: settings.interrupted,
})

/** The gateway in use, and former ones that may still receive an answer. */
const gateways = new Set<Gateway>()
let gateway: Gateway | null = null
let aimedAt = ''
let isStopping = false

function aim({ address, concurrency, timeoutMs, ratePerSecond }: SendingTarget): void {
  const next = JSON.stringify([address, concurrency, timeoutMs])
  if (gateway === null || next !== aimedAt) {
    const old = gateway
    gateway = createGateway(address, { connections: concurrency, timeoutMs, now: wallClock.now })
    gateways.add(gateway)
    aimedAt = next
    // Requests through the old one may still succeed: it is closed once none can be waiting for an answer.
    if (old !== null) setTimeout(() => void close(old), timeoutMs + 1_000).unref()
  }
  sender.aim({ gateway, concurrency, timeoutMs, ratePerSecond })
}

async function close(old: Gateway): Promise<void> {
  if (gateways.delete(old)) await old.close()
}

/** Leaves the thread with nothing to wait for, so that it ends. */
async function stop(withinMs: number): Promise<void> {
  isStopping = true
  await sender.stop(withinMs)
  await Promise.all([...gateways].map(close))
  await queue.close()
  report({ type: 'stopped' })
  port.close()
}

port.on('message', (message: ToDispatch) => {
  if (isStopping) return
  if (message.type === 'aim') aim(message.target)
  else if (message.type === 'wake') sender.wake()
  else if (message.type === 'write') sender.letWrite(message.isWriting)
  else void stop(message.withinMs)
})

await sender.start()
report({ type: 'ready' })
