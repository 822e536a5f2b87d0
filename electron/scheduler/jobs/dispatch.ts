import { workerData } from 'node:worker_threads'
import { wallClock } from '../../base/clock.ts'
import type { Gateway } from '../../gateways/gateway.ts'
import { openGateway } from '../../gateways/open-gateway.ts'
import { createSender } from '../../sending/sender.ts'
import { openSession } from '../../store/sqlite/connection.ts'
import type { DispatchSettings, FromDispatch, SendingTarget, ToDispatch, WorkerStart } from '../protocol.ts'

/** The worker thread that owns sending. It has a connection of its own and talks to the engine over a port of its own. */

const { port, settings } = workerData as WorkerStart<DispatchSettings>
const report = (message: FromDispatch): void => port.postMessage(message)
const opening = openSession(settings.storeFile)

// A statement that comes back to a thread which is gone takes the whole process with it: the store is closed first, also by a
// thread that dies while it opens it.
process.on('uncaughtException', (error) => {
  report({ type: 'log', level: 'error', text: `the sending worker ends: ${error.stack ?? error.message}` })
  void opening
    .then((opened) => opened.close())
    .catch(() => undefined)
    .finally(() => process.exit(1))
})

const session = await opening
const sender = createSender({
  session,
  clock: wallClock,
  report,
  policy: settings.retryPolicy,
  interrupted: settings.interrupted,
})

/** The one that messages go through, and those before it that may still hear an answer. */
const gateways = new Set<Gateway>()
let gateway: Gateway | null = null
let aimedAt = ''
let isStopping = false

function aim({ address, concurrency, timeoutMs, ratePerSecond }: SendingTarget): void {
  const next = JSON.stringify([address, concurrency, timeoutMs])
  if (gateway === null || next !== aimedAt) {
    const old = gateway
    gateway = openGateway(address, { connections: concurrency, timeoutMs, now: wallClock.now })
    gateways.add(gateway)
    aimedAt = next
    // What is in flight through the old one may still end well: it is let go once nothing can be waiting for it.
    if (old !== null) setTimeout(() => void letGo(old), timeoutMs + 1_000).unref()
  }
  sender.aim({ gateway, concurrency, timeoutMs, ratePerSecond })
}

async function letGo(old: Gateway): Promise<void> {
  if (gateways.delete(old)) await old.close()
}

/** Leaves the thread with nothing to wait for, so that it ends by itself. */
async function stop(withinMs: number): Promise<void> {
  isStopping = true
  await sender.stop(withinMs)
  await Promise.all([...gateways].map(letGo))
  await session.close()
  report({ type: 'stopped' })
  port.close()
}

port.on('message', (message: ToDispatch) => {
  if (isStopping) return
  if (message.type === 'aim') aim(message.target)
  else if (message.type === 'wake') sender.wake()
  else if (message.type === 'stand-aside') sender.standAside(message.isWriting)
  else void stop(message.withinMs)
})

await sender.start()
report({ type: 'ready' })
