import { workerData } from 'node:worker_threads'
import { openSandboxServer } from '../../gateways/sandbox-server.ts'
import type { FromSandbox, SandboxSettings, ToSandbox, WorkerStart } from '../protocol.ts'

/** The worker thread of the sandbox gateway, so that it slows down no other thread. */

const { port, settings } = workerData as WorkerStart<SandboxSettings>
const report = (message: FromSandbox): void => port.postMessage(message)
const server = await openSandboxServer(settings.behaviour)

port.on('message', (message: ToSandbox) => {
  if (message.type === 'behave') server.behave(message.behaviour)
  else
    void server.close().then(() => {
      report({ type: 'stopped' })
      port.close()
    })
})

report({ type: 'ready', url: server.url })
